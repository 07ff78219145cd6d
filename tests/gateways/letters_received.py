"""Letters as mail programs save them, all of them made up."""

FIELDS = {
    "From": "Dr Joan Thackray <Joan.Thackray@Example.org>",
    "To": "Carys Bowen <carys@example.org>",
    "Subject": "Re: A question about FIT",
    "Date": "Tue, 02 Jun 2026 14:05:00 +0100",
    "Message-ID": "<1@example.org>",
    "MIME-Version": "1.0",
}
QUESTION = "How do you safety-net a negative FIT?"
OWN = "We repeat the test at six weeks, and refer if it has not gone."


def letter(body, *, kind="text/plain; charset=utf-8", encoding="8bit", **fields):
    """A letter with *body* and these headers; None takes one out."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    headers = {
        **FIELDS,
        "Content-Type": kind,
        "Content-Transfer-Encoding": encoding,
        **named,
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    content = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join([*lines, "", ""]).encode() + content


def several(*parts, kind="mixed", **fields):
    """A letter of several parts, each (its headers, its body)."""
    written = [f"--b\r\nContent-Type: {head}\r\n\r\n{body}\r\n" for head, body in parts]
    whole = "".join([*written, "--b--\r\n"])
    return letter(whole, kind=f'multipart/{kind}; boundary="b"', **fields)


_ON = "On Tue, 2 Jun 2026 at 12:30, Network <a@example.org>"
_BLOCK = "From: Carys <c@example.org>\nSent: 02 June 2026 12:30\nTo: Joan\nSubject: FIT"
HISTORIES = {
    "gmail": f"{_ON} wrote:\n> {QUESTION}",
    "gmail, broken": f"{_ON}\nwrote:\n\n> {QUESTION}",
    "outlook": f"{_BLOCK}\n\n{QUESTION}",
    "outlook, ruled": f"{'_' * 32}\n{_BLOCK}\n\n{QUESTION}",
    "older outlook": f"-----Original Message-----\nFrom: Carys\n\n{QUESTION}",
    "another tongue": f"Am 02.06.2026 um 12:30 schrieb X <a@b.org>:\n> {QUESTION}",
    "apple": f"Begin forwarded message:\n\n> {QUESTION}",
}
SIGNATURES = (
    "-- \nDr Joan Thackray\n01632 960123",
    "Kind regards\nJoan\nDr Joan Thackray | Hill Top Surgery\n01632 960123",
    "Thanks, \nJoan",
    "Sent from my iPhone",
    "Get Outlook for iOS<https://example.org>",
    """This e-mail and any files are confidential and intended solely
for the recipient. Please delete it otherwise.""",
)

#: As Outlook saves it when it is set to write HTML alone, in Windows' letters.
OUTLOOK = letter(
    """<html xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w="urn:schemas-microsoft-com:office:word">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri";} --></style>
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]-->
</head>
<body lang="EN-GB"><div class="WordSection1">
<p class="MsoNormal"><span style="color:#1F497D">We don\x92t rely on one negative
 test:<o:p></o:p></span></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<table border="0"><tr><td><table><tr><td><p class="MsoNormal">\x93Repeat at six
weeks\x94 &#8211; that is our rule.<o:p></o:p></p></td></tr></table></td></tr></table>
<ul><li class="MsoListParagraph">refer if CRP &gt; 10</li>
<li class="MsoListParagraph">see <a href="https://example.org/fit">our pathway</a></li>
</ul>
<p class="MsoNormal">Kind regards<o:p></o:p></p>
<p class="MsoNormal"><b>Joan</b><o:p></o:p></p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt">
<p class="MsoNormal"><b>From:</b> Carys Bowen &lt;carys@example.org&gt; <br>
<b>Sent:</b> 02 June 2026 12:30<br><b>To:</b> Joan Thackray<br>
<b>Subject:</b> A question about FIT<o:p></o:p></p></div>
<p class="MsoNormal">How do you safety-net a negative FIT?</p>
</div></body></html>""".encode("latin-1"),
    kind="text/html; charset=iso-8859-1",
)

OUTLOOK_READS = """We don’t rely on one negative test:

“Repeat at six weeks” – that is our rule.
- refer if CRP > 10
- see our pathway (https://example.org/fit)"""
