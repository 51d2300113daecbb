"""General signs that a line is boilerplate, and signs of whose words it is."""

from __future__ import annotations

import re

from curbside.readers.pages_labels import opens_with, says
from curbside.readers.pages_sheet import Line

_ALWAYS = re.compile(
    r"all rights reserved|©|\(c\) (?:19|20)\d\d|copyright (?:19|20)|recaptcha|privacy policy|terms of (?:service|use)\b"
    r"|\bcookies?\b|newsletter|alle rechte vorbehalten|todos los derechos|tous droits r|datenschutz|impressum"
    r"|política de privacidad|politique de confidentialité|無断転載|プライバシー|tutti i diritti|todos os direitos",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"copyright|sign up\b|log ?in\b|sign in (?:to|with|here|now)\b|^sign in$|subscribe|download"
    r" (?:the|our) app|follow us|powered by"
    r"|made with [^a-z]|developed by|sitemap|accept all|manage preferences|javascript|anmelden"
    r"|registrieren|iniciar sesión"
    r"|se connecter|s'inscrire|ログイン|会員登録|^advertisement|sponsored (?:content|post|link)|werbung|publicidad"
    r"|publicité|広告|advertising|skip to|@[a-z0-9.-]{2,60}\.(?:com|org|net|io|de|es|fr|jp|co|example)\b",
    re.IGNORECASE,
)
_DISCLAIMS = re.compile(
    r"(?:not|never) (?:a )?(?:substitute|replace|medical advice|intended)|does not (?:replace|constitute|provide)"
    r"|no liability|assumes? no|liability|for (?:educational|informational|information) purposes?"
    r"|educational (?:use|purposes?|only)|intended for (?:healthcare|health care|medical) professionals"
    r"|consult (?:a|your) (?:doctor|physician|healthcare)|seek (?:medical|professional)|medical advice"
    r"|ersetzt (?:nicht|keine)|keine haftung|no sustituye|no reemplaza|ne remplace|ne saurait|sin responsabilidad"
    r"|代わるものではありません|責任を負いません|医師に(?:ご)?相談|independently verif|clinical judg(?:e)?ment"
    r"|professional discretion|in an emergency|emergency services|ärztlichen rat|consejo médico|avis médical"
    r"|conseil médical|fachkreise|nur zur information|solo con fines|à titre informatif|情報提供",
    re.IGNORECASE,
)
_TALKS = re.compile(
    r"tailor your|your (?:choice|experience|account|email|feedback|browser|device)|helps?"
    r" us (?:improve|tailor|use|keep|make|give)"
    r"|which best describes you|ask (?:any|a|another|your) (?:follow|question)|have a follow"
    r"|get (?:world-class|answers|instant)|try (?:it )?(?:free|now)\b|used by (?:practicing"
    r"|doctors|clinicians|researchers|students)"
    r"|based organi[sz]ation|helps (?:researchers|doctors|clinicians|readers|patients) (?:better"
    r"|find|weigh|discover|understand)"
    r"|was this (?:helpful|page|answer)|rate this|report (?:this|an?) (?:page|error|problem"
    r"|post|answer|abuse)|personali[sz]e\b"
    r"|share (?:this (?:page|article|post|study|answer)|(?:on|to) \w)|our (?:platform|mission"
    r"|users|community of|medical a\.?i)"
    r"|join (?:the (?:community|discussion|conversation)|our|us)\b|become a member|donate"
    r" (?:now|today)|unlock (?:full|all|premium)"
    r"|funded in part by|part of the .{2,40} family|free trial|(?:company|organi[sz]ation"
    r"|platform|service) founded|for free\b"
    r"|we are a (?:team|group|company|platform)|(?:is|are) an? (?:\w{2,15} )?(?:platform"
    r"|website|search engine|startup|company|service (?:that|of|for))\b"
    r"|helfen sie uns|war diese (?:seite|antwort)|stellen sie|¿te ha|ayúdanos|únete|aidez-nous"
    r"|cette page vous|お役に立ちましたか",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b[A-Z]{2} \d{5}\b|\b\d{1,6} [A-Z][\w. ]{2,40}(?:Ave|Street|St\.|Road|Rd\.|Blvd|Suite|Ste)\b")
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|my|me|mine|we|we've|our|us|doctor|dear|hello|hi|thanks|thank you|please|ich|mein|meine|meinen"
    r"|mir|mich|wir|unser|unsere|hallo|guten tag|danke|yo|mi|mis|me|nosotros|nuestro|nuestra|hola|gracias|doctora?"
    r"|je|mon|ma|mes|nous|notre|bonjour|merci|j'ai)\b|^j'|私|うち|先生|お願い|でしょうか|ですか|教えて",
    re.IGNORECASE,
)


def disclaims(words: str) -> bool:
    """Tell whether a line limits what it may be used for or who answers for it."""
    return bool(_DISCLAIMS.search(words))


def boilerplate(line: Line) -> bool:
    """Tell whether a line is about the site and not about its subject, by general signs summed."""
    words = line.words
    if says(words, "share", "boilerplate", "disclaimer", "follow-up", "discuss"):
        return True
    length, most = len(words), 1 if line.prose else 2
    score = 2.0 * line.chrome + 2 * bool(opens_with(words, "disclaimer"))
    score += (2 if length < 250 else 1) * bool(_ALWAYS.search(words))
    score += max(most * bool(_OFTEN.search(words)) * (length < 250), min(2, len(_OFTEN.findall(words[:2000]))))
    score += max(most * bool(_TALKS.search(words)), min(2, len(_TALKS.findall(words[:2000]))))
    score += min(3, len(_DISCLAIMS.findall(words[:2000])))
    score += bool(_ADDRESS.search(words)) * (length < 120)
    score += 0.5 * (line.linked > 0.8 and not line.prose)
    return score >= 2


def personal(words: str) -> bool:
    """Tell whether somebody speaks of their own case or to a doctor, as askers do."""
    return bool(_PERSONAL.search(words[:1500]))


def asks(words: str) -> bool:
    """Tell whether a line asks something."""
    return bool(re.search(r"[?？؟]|でしょうか|ですか。?$", words))


def menu(line: Line) -> bool:
    """Tell whether a line is a row of menu entries: capitals again and again and no sentence."""
    words = line.words.split(" ")
    if line.ends or len(words) < 4 or any(sign.isdigit() for sign in line.words):
        return False
    capitals = sum(word[:1].isupper() for word in words)
    marks = line.words.count("|") + line.words.count("»") + line.words.count("›") + line.words.count(" · ")
    return marks >= 2 or (len(words) >= 8 and capitals >= 0.35 * len(words) and bool(_MENU.search(line.words)))


_MENU = re.compile(
    r"\b(?:current issue|archive|about|contact|editorial|instructions for authors|subscription|home|search|sign in"
    r"|startseite|archiv|kontakt|inicio|contacto|accueil|news|help|login|account|submit)\b",
    re.IGNORECASE,
)
