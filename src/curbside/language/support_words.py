"""Words that turn a claim: families whose meeting in claim and evidence says whether one bears the other out."""

from __future__ import annotations

from functools import lru_cache

FAMILIES: dict[str, str] = {
    "up": """
        increas* higher greater elevat* rais* rise rises rising rose more larger longer prolong* enhanc* augment*
        exceed* faster stronger upregulat* accelerat* boost* promot* facilitat* doubl* high most grow* spik* surg*
        strengthen*
    """,
    "down": """
        decreas* lower* reduc* less fewer smaller shorter* fell fall falls falling declin* diminish* suppress* inhibit*
        attenuat* drop* minimi* slow* lowest least downregulat* weak* lessen* block* low limit* interrupt* mitigat*
        curb* flatten* inactivat* hinder* retard* halv*
    """,
    "good": """
        improv* better best ameliorat* alleviat* reliev* relief benefi* effective* efficac* favor* favour* remission
        recover* success* protect* help* safe* useful promis* potent* tolerat* advantag* recommend* harmless
    """,
    "stop": """
        prevent* stop* avoid* kill* destroy* eliminat* treat* combat* fight* shield* cure* curing heal* disinfect*
        eradicat* neutrali* clear*
    """,
    "bad": """
        worse* deteriorat* exacerbat* aggravat* impair* harm harms harmful harmed poor* adverse danger* risk* sever*
        fatal* death* mortal* deadl* die died dying complicat* detriment* injur* damag* toxic* unsafe critical* serious*
        vulnerab* susceptib* ineffectiv* useless lethal* hazard*
    """,
    "not": """
        no not nor neither without none cannot never nobody nothing non lack* absen* unable unlikely insufficient fail*
        exclud* deni* refut* myth* false* debunk* disprov* scarc* hardly
    """,
    "unknown": """
        unknown unclear uncertain* inconclusive insufficien* limited controvers* debat* further need* warrant*
        investigat* evaluat* yet whether remains understand* conflicting unproven speculat* hypothes* question*
    """,
    "hedge": """
        may might could possib* potential* perhaps suggest* likely appear* seem* probab* indicat* plausib* theor*
        presum* can
    """,
    "alike": "similar* comparable equivalent unchanged same identical equal* unaffected",
    "linked": """
        associat* correlat* link* relat* relationship predict* caus* lead* result* affect* effect* influenc* impact*
        role contribut* factor*
    """,
    "spread": "transmi* spread* infect* contagi* shed* acquir* contaminat* expos* catch* carr*",
    "shown": """
        evidenc* prove* proven confirm* show* demonstrat* found establish* conclud* strong* signific* observ* report*
        definit* identif* detect* reveal* known
    """,
    "all": "all every any always only anyone everyone entire complet* fully absolut* must whole universal*",
    "some": "some several few many often sometimes rare* occasional* subset partial* certain",
    "lasting": "surviv* remain* persist* live* living viab* stable stabil* last*",
    "advised": "should advis* encourag* urge* guideline* caution* consider*",
}
"""Family -> its words; a star stands for any ending."""

EFFECTS = {"up": (1, 0), "down": (-1, 0), "good": (0, 1), "stop": (-1, 1), "bad": (0, -1)}
"""Family -> which way it points (more, less) and how it leans (welcome, unwelcome)."""

OPPOSITES = (("up", "down"), ("good", "bad"), ("stop", "bad"))
"""Families that stand against each other."""


def _table() -> tuple[dict[str, tuple[str, ...]], list[tuple[str, tuple[str, ...]]]]:
    whole: dict[str, tuple[str, ...]] = {}
    starts: list[tuple[str, tuple[str, ...]]] = []
    for family, words in FAMILIES.items():
        each = words.split()
        for word in each:
            if not word.endswith("*"):
                whole[word] = (*whole.get(word, ()), family)
        starts.append((family, tuple(word[:-1] for word in each if word.endswith("*"))))
    return whole, starts


_WHOLE, _STARTS = _table()


@lru_cache(maxsize=32_768)
def families(word: str) -> tuple[str, ...]:
    """Return the families of a word in lower case, in the order of the table; none for most words."""
    found = set(_WHOLE.get(word, ()))
    found.update(family for family, starts in _STARTS if starts and word.startswith(starts))
    if word.endswith(("n't", "n’t")):
        found.add("not")
    return tuple(family for family in FAMILIES if family in found)
