"""
Patterns of what mail programs and senders of newsletters write around a text, in many languages.

Each takes one line. Some of the words stand in articles too, so whoever uses a pattern looks at the place and at the
length of the line as well.
"""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


IN_BROWSER = _any_of(
    r"\b(?:in|im|dans|nel|no|en|w)\b.{0,24}\b(?:browsers?|navigateur|navegador)\b",
    r"\bview (?:it |this .{0,20})?online\b|^read (?:it |this .{0,20})?online\b|^(?:view|open|read) in app\b",
    r"\b(?:web|online)[ -]?version\b|\bversion en ligne\b|\btrouble (?:viewing|reading) this\b",
    r"\bwird nicht richtig (?:dargestellt|angezeigt)\b",
)
"""How to see a mail elsewhere."""

INVITATION = _any_of(
    r"^thanks for reading\b|^subscribe\b|\bsubscribe for free\b|\bforwarded (?:you )?this (?:e-?mail|newsletter)\b",
    r"\bwas this (?:e-?mail |newsletter )?forwarded\b|^(?:share|forward) this (?:e-?mail|newsletter|post)\b",
    r"^jetzt abonnieren\b|\bweitergeleitet bekommen\b|^abonnez-vous\b|^suscr[íi]bete\b|^iscriviti\b|^assine\b",
)
"""What asks readers to subscribe, or to bring others."""

FOOTER = _any_of(
    r"\bunsubscribe\b|\bopt[ -]out\b|\b(?:manage|update|change) your (?:\w+ )?(?:preferences|subscription)",
    r"\byou(?:['’]re| are| have)? ?(?:receiv|subscribed)(?:ing|ed|e)?\b.{0,80}\b(?:because|e-?mail|newsletter|list)\b",
    r"\babmelden\b|\babbestell|\baustragen\b|\bsie erhalten dies",
    r"\bd[ée]sabonne|\bd[ée]sinscri|\bvous recevez ce",
    r"\bdar(?:se|te) de baja|\brecib(?:es|e|ido) este",
    r"\bcancelar (?:la |a |su |tu |sua )?(?:suscripci|subscri|inscri)",
    r"\bdisiscriv|\bcancella.{0,20}iscrizione|\bhai ricevuto quest",
    r"\bvoc[êe] (?:est[áa] )?receb|\buitschrijven\b|\bafmelden\b|\b(?:je|u) ontvangt de",
    r"\bwypisz|\bzrezygnuj|\bотписаться\b|\bαπεγγραφ",
    "取消订阅|退订|取消訂閱|配信停止|購読解除",
)
"""How to be rid of a newsletter, and why one gets it."""

FORWARDED = re.compile(
    r"\W*(?:begin )?(?:forwarded message|original message"
    r"|weitergeleitete nachricht|ursprüngliche nachricht"
    r"|message (?:transféré|original|d['’]origine)|mensaje (?:reenviado|original)"
    r"|messaggio (?:inoltrato|originale)|mensagem (?:encaminhada|original)|doorgestuurd bericht)\W*",
    re.IGNORECASE,
)
"""A whole line above the header of a mail inside a mail."""

FIELD = re.compile(
    r"\W*(?:from|date|sent|to|cc|bcc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|à|objet"
    r"|enviado(?: el)?|fecha|para|asunto|da|inviato|data|a|oggetto|assunto|van|verzonden|aan|onderwerp)\s?:\W*\S",
    re.IGNORECASE,
)
"""The beginning of a line of such a header."""

ANSWERED = re.compile(
    r"(?:on|am|le|el|il|em|op)\b.{5,160}"
    r"\b(?:wrote|schrieb.{0,60}|a écrit|escribió|ha scritto|escreveu|schreef.{0,60})\s?:",
    re.IGNORECASE,
)
"""A whole line above what a mail answers."""

SENT_FROM = re.compile(r"(?:sent|gesendet|von meinem|envoyé|enviado|inviato|verzonden)\b.{0,40}\b\w+\.?", re.IGNORECASE)
"""What telephones sign with."""
