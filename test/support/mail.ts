/** A small made-up mail; header lines and body with CRLF. */
export function mail(body: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    From: 'Acme <news@acme.example>',
    To: 'reader@mail.example',
    Subject: 'A word from Acme',
    Date: 'Fri, 20 Nov 2026 10:00:00 +0000',
    'Message-ID': '<1@acme.example>',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [...head, '', body].join('\r\n')
}
