/** A whole mail around its pieces. */
export interface Layout {
  readonly name: string
  readonly mail: (css: string, pieces: readonly string[]) => string
}

const strict = '<!DOCTYPE html>'
const transitional =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

export const layouts: readonly Layout[] = [
  {
    name: 'newsletter of tables',
    mail: (css, pieces) => `${transitional}<html><head><meta name="viewport" content="width=device-width"><style>
body { margin: 0; padding: 0; background: #f4f4f4 } table { border-collapse: collapse } td { font-family: Arial, sans-serif }
@media only screen and (max-width: 600px) { .wide { width: 100% !important } }
${css}</style></head><body><table role="presentation" width="100%" bgcolor="#f4f4f4"><tr><td align="center">
<table class="wide" role="presentation" width="600" style="background:#ffffff">
${pieces.map((piece) => `<tr><td style="padding:8px 24px;color:#333333;font-size:15px;line-height:22px">${piece}</td></tr>`).join('\n')}
</table></td></tr></table></body></html>`,
  },
  {
    name: 'letter of blocks',
    mail: (
      css,
      pieces,
    ) => `${strict}<html lang="en"><head><meta charset="utf-8"><title>News</title><style>${css}</style></head>
<body style="margin:0"><div style="max-width:640px;margin:0 auto;padding:16px;font:16px/1.5 Georgia,serif">${pieces.map((piece) => `<div>${piece}</div>`).join('\n')}</div></body></html>`,
  },
  {
    name: 'old mail without a type',
    mail: (
      css,
      pieces,
    ) => `<html><head><style type="text/css"><!-- ${css} --></style></head><body bgcolor="#FFFFFF" text="#000000">
<font face="Verdana" size="2">${pieces.join('<br>\n')}</font></body></html>`,
  },
  {
    name: 'columns',
    mail: (
      css,
      pieces,
    ) => `${strict}<html><head><style>${css}</style></head><body style="background-color:#ffffff"><table width="100%" cellpadding="6">
${pieces.map((piece, at) => (at % 2 === 0 ? `<tr><td valign="top" width="50%">${piece}</td>` : `<td valign="top" width="50%">${piece}</td></tr>`)).join('\n')}
</table></body></html>`,
  },
  {
    name: 'fragment',
    mail: (css, pieces) => `<style>${css}</style>${pieces.map((piece) => `<div>${piece}</div>`).join('')}`,
  },
  {
    name: 'dark',
    mail: (css, pieces) => `${strict}<html><head><style>:root { color-scheme: light dark } ${css}</style></head>
<body style="background:#101418;color:#e8eaed"><div style="background:#ffffff;color:#202124;padding:12px">${pieces.map((piece) => `<section>${piece}</section>`).join('\n')}</div></body></html>`,
  },
]
