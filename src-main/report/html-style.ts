/** Of the HTML report: light and dark on a screen, plain on paper. */
export const htmlReportStyle = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--paper:#fff;--soft:#f6f8fa;--error:#b3261e;--warning:#8a5300;--info:#0b57a4}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--dim:#a3adb8;--line:#3a424b;--paper:#15191e;--soft:#1e242b;--error:#ff8a80;--warning:#f0b35a;--info:#82b8f5}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;margin:0}
h2{font-size:1.2rem;margin:2rem 0 .4rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
h3{font-size:1rem;margin:0}
p{margin:.3rem 0}
.facts,.explain,footer{color:var(--dim);font-size:.9rem}
dl.counts,dl.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;margin:.4rem 0}
dl div{display:flex;gap:.4rem}
dt{color:var(--dim)}
dd{margin:0;font-weight:600}
dl.facts dd{font-weight:400}
ol.findings{padding:0 0 0 2.2rem}
.finding{margin:.8rem 0;padding:.5rem .8rem;border-left:.3rem solid var(--line);background:var(--soft);break-inside:avoid}
.finding.error{border-color:var(--error)}
.finding.warning{border-color:var(--warning)}
.finding.info{border-color:var(--info)}
.severity{text-transform:uppercase;font-size:.8rem;letter-spacing:.03em}
.error .severity,.verdict.errors{color:var(--error)}
.warning .severity,.verdict.to-review{color:var(--warning)}
.info .severity{color:var(--info)}
.clauses{font-variant-numeric:tabular-nums}
blockquote{margin:.4rem 0;padding:.3rem .6rem;border:1px solid var(--line);background:var(--paper);white-space:pre-wrap}
table{border-collapse:collapse;margin:.4rem 0}
caption{text-align:left;color:var(--dim)}
th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:left}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem}
@page{margin:18mm}
@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--line:#999;--paper:#fff;--soft:#fff;--error:#000;--warning:#000;--info:#000}
body{max-width:none;padding:0;font-size:10.5pt}
h2,h3{break-after:avoid}
.finding{border:1px solid var(--line);border-left-width:.3rem}}
`
