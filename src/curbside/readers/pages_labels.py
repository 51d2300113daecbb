"""What pages call things, in the languages their chrome comes in: one visible table, and how a line is held to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from curbside.records import Category

LABELS: Mapping[str, str] = {
    # clinical answer pages
    "guidelines": "guideline|guidelines|guidance|leitlinie|leitlinien|leitlinienempfehlungen|guía|guías|guías clínicas"
    "|directrices|recomendaciones oficiales|recommandations officielles|linee guida|diretrizes|richtlijnen|wytyczne"
    "|ガイドライン|診療ガイドライン|指南|recommendations from societies|official recommendations"
    "|consensus statements|recommandations|recomendaciones|society recommendations|empfehlungen der fachgesellschaften",
    "research": "research|studies|study evidence|published evidence|clinical evidence|evidence|literature|trials"
    "|clinical trials|forschung|studien|studienlage|evidenz|literatur und studien|aus der forschung|estudios"
    "|investigación|evidencia|la investigación|recherche|études|la recherche|ricerca|studi|pesquisa|onderzoek|badania"
    "|研究|研究から|エビデンス|文献|研究证据",
    "summary": "summary|short answer|quick answer|bottom line|the bottom line|in brief|at a glance|overview|answer"
    "|clinical summary|plain language summary|lay summary|plain summary|kurzantwort|kurz gesagt|zusammenfassung"
    "|resumen|respuesta breve|en breve|résumé|en bref|réponse courte|riassunto|resumo|samenvatting|要約|まとめ|概要",
    "key points": "key points|key point|key takeaways|takeaways|key messages|main points|highlights|kernpunkte"
    "|wichtige punkte|das wichtigste|puntos clave|ideas clave|points clés|l'essentiel|punti chiave|pontos-chave"
    "|kernpunten|ポイント|重要ポイント|要点",
    "disclaimer": "disclaimer|medical disclaimer|professional medical disclaimer|legal notice|important notice"
    "|haftungsausschluss|rechtlicher hinweis|hinweis|aviso legal|aviso médico|descargo de responsabilidad|avertissement"
    "|mentions légales|avvertenze|免責事項|免责声明|notice|please note|terms of use",
    "follow-up": "follow-up question|have a follow-up question|ask a follow-up|follow up questions|ask another question"
    "|related questions|people also ask|suggested questions|next questions|you may also ask|ask next|rückfrage"
    "|weitere fragen|haben sie eine rückfrage|stellen sie eine anschlussfrage|preguntas de seguimiento"
    "|preguntas relacionadas|haz otra pregunta|questions de suivi|une autre question|追加の質問|関連する質問"
    "|continue the conversation|keep asking",
    "references": "references|reference list|bibliography|literature cited|works cited|sources|citations|literatur"
    "|literaturverzeichnis|quellen|referencias|bibliografía|fuentes|références|bibliographie|sources citées"
    "|riferimenti|bibliografia|referências|literatuur|piśmiennictwo|参考文献|文献|出典",
    # states
    "updated": "last updated|updated|last update|last modified|last revised|page updated|content updated|revised"
    "|zuletzt aktualisiert|aktualisiert|aktualisiert am|stand|letzte aktualisierung|última actualización|actualizado"
    "|actualizado el|mise à jour|dernière mise à jour|mis à jour le|ultimo aggiornamento|atualizado em"
    "|última atualização|laatst bijgewerkt|ostatnia aktualizacja|最終更新|最終更新日|更新日|更新日期",
    "reviewed": "last reviewed|reviewed on|reviewed|medically reviewed|zuletzt geprüft|geprüft am|última revisión"
    "|revisado el|dernière révision|relu le|最終レビュー|監修日",
    # journal articles
    "abstract": "abstract|zusammenfassung|abstrakt|resumen|résumé|resumo|riassunto|sommario|streszczenie|samenvatting"
    "|抄録|要旨|摘要|summary|structured abstract",
    "keywords": "keywords|key words|keyword|index terms|mesh terms|schlüsselwörter|schlagwörter|stichworte"
    "|palabras clave|mots-clés|mots clés|parole chiave|palavras-chave|trefwoorden|słowa kluczowe|キーワード|关键词",
    "online": "online publish date|published online|online publication date|first published online|first published"
    "|epub|e-pub|epub ahead of print|available online|online first|online veröffentlicht|online erschienen"
    "|online publiziert|publicado en línea|publicación en línea|mis en ligne|publié en ligne|pubblicato online"
    "|publicado online|data publikacji online|オンライン公開日|早期公開|公開日",
    "published": "published|publication date|date of publication|issue date|publish date|date published|veröffentlicht"
    "|veröffentlicht am|erschienen|erscheinungsdatum|publicado|publicado el|fecha de publicación|publié|publié le"
    "|date de publication|pubblicato|publicado em|data publikacji|発行日|掲載日|发表日期",
    "received": "received|submitted on|date received|eingegangen|eingereicht am|recibido|reçu|reçu le|ricevuto|recebido"
    "|受付|受理日|原稿受付",
    "accepted": "accepted|date accepted|angenommen|aceptado|accepté|accepté le|accettato|aceito|採択|受理",
    "revised": "revised|revision received|überarbeitet|revisado|révisé|改訂",
    # question pages
    "question": "question|the question|patient question|patient's question|user question|question asked|asked"
    "|frage|die frage|patientenfrage|ihre frage|pregunta|la pregunta|pregunta del paciente|consulta|question posée"
    "|la question|question du patient|domanda|pergunta|vraag|質問|相談|ご相談内容|相談内容|q",
    "answer": "answer|answers|the answer|doctor's answer|doctor answer|doctor's reply|expert answer"
    "|expert reply|best answer|top answer|accepted answer|verified answer|medical answer"
    "|our answer"
    "|doctor's response|answer from a doctor|reply"
    "|replies|response|doctor response|physician answer|clinician reply|antwort|antworten|die antwort|ärztliche antwort"
    "|expertenantwort|respuesta|respuestas|la respuesta|respuesta del médico|respuesta del especialista|réponse"
    "|réponses|la réponse|réponse du médecin|risposta|resposta|antwoord|回答|医師の回答|ドクターの回答|a",
    "generated": "more info|more information|additional information|further information|background information"
    "|in depth|in more depth|read more on this topic|detailed answer|extended answer|detailed explanation|ai summary"
    "|ai overview|ai answer|ai-generated answer|generated summary|ai-generated summary|automatic summary|learn more"
    "|background|mehr infos|mehr informationen|weitere informationen|weiterführende informationen|hintergrund"
    "|ki-zusammenfassung|automatisch erstellte zusammenfassung|más información|información adicional|para saber más"
    "|plus d'informations|en savoir plus|pour en savoir plus|informations complémentaires|complément d'information"
    "|maggiori informazioni|mais informações|meer informatie|詳しい情報|詳細情報|もっと詳しく|解説|补充信息|详细信息",
    "similar": "similar q&a|similar questions|similar question|related q&a|related questions|similar cases"
    "|other questions|others asked|other people asked|people asked|others also asked|people"
    " also asked|more questions like this|you might also like|ähnliche fragen"
    "|verwandte fragen|preguntas similares|preguntas parecidas|consultas similares|preguntas relacionadas"
    "|questions similaires|questions proches|questions associées|domande simili|perguntas semelhantes"
    "|vergelijkbare vragen|類似の質問|似た質問|関連する質問|関連する相談|相似问题",
    "faq": "faq|faqs|related faq|related faqs|frequently asked questions|common questions|popular topics|topics"
    "|häufige fragen|häufig gestellte fragen|beliebte themen|preguntas frecuentes|temas frecuentes|questions fréquentes"
    "|foire aux questions|domande frequenti|perguntas frequentes|よくある質問|よくあるご質問|常见问题|specialties",
    # community pages
    "tldr": "tldr|tl;dr|tl dr|tl; dr|in one sentence|in a nutshell|one-line summary|the gist|kurz gesagt|kurzfassung"
    "|en una frase|en resumen|en pocas palabras|en bref|en deux mots|in breve|em resumo|in het kort|ひとことで|一言で"
    "|3行まとめ|要するに|bottom line",
    "posts": "related community posts|community posts|related posts|community discussions|from the community"
    "|community threads|related discussions|discussions|forum posts|related threads|patient discussions"
    "|what the community says|community|beiträge aus der community|community-beiträge|passende"
    " beiträge|ähnliche beiträge"
    "|forumsbeiträge|diskussionen|publicaciones de la comunidad|publicaciones relacionadas|comunidad|debates"
    "|discussions de la communauté|messages de la communauté|posts de la communauté|discussioni|comunidade"
    "|コミュニティの投稿|関連する投稿|関連スレッド|掲示板|社区帖子",
    "similar research": "similar research|related research|related studies|similar studies|similar papers"
    "|related papers|more research|ähnliche studien|verwandte studien|ähnliche forschung|ähnliche arbeiten"
    "|investigaciones similares|estudios similares|estudios relacionados|recherches similaires|études similaires"
    "|études proches|ricerche simili|estudos semelhantes|関連研究|類似の研究|関連論文|相关研究",
    "cited research": "research cited in this study|cited research|research cited|studies cited|papers cited"
    "|references in this study|cited in this study|studies cited by this paper|papers cited"
    " by this study|zitierte studien|zitierte forschung|zitierte arbeiten"
    "|investigaciones citadas|estudios citados|recherches citées|études citées|ricerche citate|引用された研究|引用文献"
    "|引用研究",
    "discuss": "discuss this study|discuss in the community|join the discussion|discuss this|discuss|diskutieren"
    "|diese studie diskutieren|mitdiskutieren|comentar este estudio|debatir este estudio|discuter cette étude"
    "|discuter de cette étude|この研究について話し合う|議論する|join",
    # author pages
    "works": "publications|works|selected works|selected publications|articles|papers|recent papers|recent publications"
    "|list of publications|abstracts|publikationen|veröffentlichungen|arbeiten|publicaciones|trabajos|artículos"
    "|travaux|pubblicazioni|publicações|業績|論文|発表論文|论文",
    "citing": "citation statements|citing statements|cited by|citations in context|how others cite this"
    "|zitierende aussagen|zitierkontexte|citas en contexto|citations en contexte|引用文",
    "share": "share|share to|share this|share this page|teilen|compartir|partager|condividi|シェア|分享|follow us|print"
    "|email|save|bookmark|drucken|imprimir|imprimer",
    "boilerplate": "about this summary|about this guideline|about this document|about this page|about us|about"
    "|permission to use this summary|contact us|contact|copyright|copyright notice|privacy|privacy policy|cookies"
    "|cookie settings|newsletter|subscribe|advertisement|sponsored|impressum|datenschutz|kontakt|über uns"
    "|política de privacidad|contacto|quiénes somos|politique de confidentialité|à propos|お問い合わせ|会社概要"
    "|プライバシーポリシー|latest updates to this summary|changes to this summary|log in|sign in|sign up|quick links"
    "|table of contents|contents|on this page|inhalt|índice|sommaire|目次|navigation|menu|related articles|trending"
    "|most read|popular|most popular|get citation|metrics|download|author information|authors and affiliations"
    "|rights and permissions|additional information|about this article|cite this article|ethics declarations"
    "|competing interests|conflict of interest|conflicts of interest|acknowledgements|acknowledgments|funding"
    "|supplementary information|supplementary material|data availability|download citation|affiliations"
    "|corresponding author|correspondence|similar content being viewed by others|interessenkonflikt|danksagung"
    "|conflictos de interés|agradecimientos|conflits d'intérêts|remerciements|利益相反|謝辞",
}
"""Name of a thing -> what pages call it, in lower case."""

_CATEGORIES: Mapping[Category, str] = {
    Category.BACKGROUND: "background|introduction|rationale|context|importance|case|hintergrund|einleitung|einführung"
    "|antecedentes|introducción|fundamento|contexte|contesto|introduzione|introdução|contexto|wstęp|wprowadzenie"
    "|inleiding|achtergrond|背景|緒言|はじめに|background and aims|background and objective|background/aims|premise",
    Category.OBJECTIVE: "objective|objectives|aim|aims|purpose|goal|question|study question|aim of the study"
    "|objective of the study|hypothesis|ziel|ziele|zielsetzung|fragestellung|objetivo|objetivos|objectif|objectifs|but"
    "|obiettivo|obiettivi|scopo|cel|cel pracy|doel|目的|purpose of review|introduction and objective|aims and scope",
    Category.METHODS: "method|methods|materials and methods|material and methods|patients and methods|subjects"
    " and methods"
    "|methodology|design|study design|setting|participants|patients|population|intervention|interventions|procedure"
    "|main outcome measures|main outcomes and measures|main outcome|outcome measures|measurements"
    "|exposures|data sources"
    "|study selection|data extraction|data synthesis|dose|doses|dose and schedule|dosing"
    "|dosage|treatment|search strategy"
    "|design, setting, and participants|methodik|methoden|material und methoden|patienten und methoden|métodos|método"
    "|material y métodos|materiales y métodos|pacientes y métodos|diseño|méthodes|méthode|matériel et méthodes"
    "|patients et méthodes|metodi|materiali e metodi|materiał i metody|metody|methoden en technieken|方法|対象と方法"
    "|対象|methods and results|statistical analysis|trial design|who was studied",
    Category.RESULTS: "result|results|finding|findings|outcomes|main results|key findings|recent findings|ergebnisse"
    "|ergebnis|resultate|resultados|résultats|risultati|wyniki|resultaten|結果|成績|case presentation|case report|cases"
    "|harms|harm|adverse events|adverse effects|safety|side effects|case description|case"
    " summary|observation|fallbericht"
    "|efficacy|caso clínico|cas clinique|症例",
    Category.CONCLUSIONS: "conclusion|conclusions|interpretation|discussion|conclusions and relevance|implications"
    "|significance|clinical implications|discussion and conclusions|limitations|limits|summary and conclusion"
    "|schlussfolgerung|schlussfolgerungen|fazit|diskussion|conclusión|conclusiones|discusión|discusión y conclusiones"
    "|conclusión y relevancia|discussione|conclusioni|conclusione|conclusão|conclusões|wnioski|conclusie|conclusies"
    "|結論|考察|結語|recommendations|practice points|results and conclusions|clinical relevance|take-home message",
}

_EDGES = re.compile(r"^[\W_]{1,12}|[\W_]{1,12}$")
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[ivx]{1,4}[.)])\s{1,4}(?=\D)")


def _split(table: str) -> frozenset[str]:
    return frozenset(table.split("|"))


_TABLE: dict[str, frozenset[str]] = {name: _split(phrases) for name, phrases in LABELS.items()}
_SECTIONS: dict[str, Category] = {
    phrase: category for category, phrases in _CATEGORIES.items() for phrase in phrases.split("|")
}
SECTION_LABELS: tuple[str, ...] = tuple(sorted(_SECTIONS, key=lambda phrase: (-len(phrase), phrase)))
"""Every label of a section of a study, longest first."""


@lru_cache(maxsize=4096)
def folded(line: str) -> str:
    """Return a line as labels are compared: lower case, no numbering, bullets, emoji or punctuation at its edges."""
    bare = unicodedata.normalize("NFKC", line[:300]).casefold().replace("\u2019", "'")
    bare = _EDGES.sub("", " ".join(bare.split()))
    return _EDGES.sub("", _NUMBER.sub("", bare))


def says(line: str, *names: str) -> bool:
    """Tell whether the whole line is one of the labels of `names`."""
    bare = folded(line)
    return any(bare in _TABLE[name] for name in names)


def opens_with(line: str, *names: str) -> str:
    """Return the words of the line that are a label of `names`, up to the colon or dash after it, else "".

    `Keywords: a, b` opens with `Keywords:`; in scripts without spaces any separator may be missing before a figure.
    """
    found = re.match(r"^[^:：–—|]{1,60}[:：–—|]\s{0,4}", line)
    if found and says(found.group(0), *names):
        return found.group(0)
    led = _leading(names).match(line[:100])
    return led.group(1) if led else ""


@lru_cache(maxsize=64)
def _leading(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a label of `names` before a figure, longest label first."""
    phrases = sorted({phrase for name in names for phrase in _TABLE[name]}, key=lambda phrase: (-len(phrase), phrase))
    listed = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"({listed})(?=\s{{0,3}}[\d(]|\s{{1,3}}(?:am|el|le|on|em|the)?\s?\d)", re.IGNORECASE)


def mentions(line: str, names: Iterable[str], others: int = 3) -> str:
    """Return the first of `names` a label of which stands in the line with at most `others` further content words."""
    bare = f" {folded(line)} "
    words = len(bare.split())
    for name in names:
        for phrase in _TABLE[name]:
            at = bare.find(phrase)
            if at < 0 or (phrase[0].isascii() and phrase[0].isalpha() and not _whole(bare, at, len(phrase))):
                continue
            rest = words - len(phrase.split()) - sum(word in _SMALL for word in bare.split())
            if rest <= others:
                return name
    return ""


_SMALL = frozenset(
    (
        *(
            "from",
            "the",
            "what",
            "do",
            "does",
            "say",
            "says",
            "in",
            "on",
            "of",
            "and",
            "for",
            "to",
            "our",
            "about",
            "current",
        ),
        *(
            "recent",
            "available",
            "all",
            "by",
            "a",
            "an",
            "aus",
            "der",
            "den",
            "dem",
            "die",
            "das",
            "was",
            "und",
            "zu",
            "de",
        ),
        *(
            "la",
            "las",
            "los",
            "lo",
            "el",
            "según",
            "que",
            "qué",
            "dicen",
            "dice",
            "del",
            "y",
            "du",
            "des",
            "les",
            "le",
            "ce",
        ),
        *("disent", "dit", "selon", "sur", "et"),
    )
)


def _whole(text: str, at: int, length: int) -> bool:
    return not text[at - 1].isalnum() and not text[at + length : at + length + 1].isalnum()


def category(label: str) -> Category:
    """Return what a section of a study with this heading does."""
    bare = folded(label)
    return _SECTIONS.get(bare, Category.NONE)
