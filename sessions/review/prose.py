"""Rules on the words of the acta."""

import re
from collections.abc import Iterator

from cnlctf.lib.folding import fold
from sessions.review.facts import Facts, Kind, Line, Passage
from sessions.review.finding import Excerpt, Remark, excerpt

CLOSERS = ")]}»”’\"'"
# A list of names needs no full stops.
SHORT_ITEM = 4
# Shorter ones are said again without anybody having pasted them.
LONG_PARAGRAPH = 8

OFFICES = {
    "PA": re.compile(r"\bpresident[ea]\s+(?:alter\w+|suplente)\b", re.IGNORECASE),
    # «Secretaría», with its accent, is the office itself and not who holds it.
    "ST": re.compile(r"\bsecretari[oa]\s+t[eé]c\w*", re.IGNORECASE),
}

# Past tenses that lose their accent; each is also a word without it («indico», I point out).
UNACCENTED = (
    "aclaro|acoto|agrego|agradecio|añadio|anoto|comento|comunico|concluyo|considero|consulto|"
    "destaco|detallo|exhorto|explico|expreso|indico|informo|insistio|invito|manifesto|menciono|"
    "observo|opino|pidio|planteo|preciso|pregunto|presento|recomendo|recordo|refirio|reitero|"
    "remarco|resalto|respondio|saludo|señalo|solicito|subrayo|sugirio"
)
SAID = re.compile(
    rf"(?:\A|[,;.:)»”]\s+|\b(?:asimismo|además|también|luego|se|y)\s+)({UNACCENTED})(?=\s+que\b)",
    re.IGNORECASE,
)
# Right after who spoke it is the verb of what they said, whatever follows.
SAID_FIRST = re.compile(rf"\A({UNACCENTED})\b", re.IGNORECASE)

WORD = re.compile(r"[^\W\d_]{3,}")
NO_SPACE = re.compile(r"(?:[a-záéíóúüñ]{2}|\d{4}|[)»”])(\.)(?=[A-ZÁÉÍÓÚÑ¿¡][a-záéíóúñ])")
SPACES = re.compile(r"(?<=\S)[ \t\N{NO-BREAK SPACE}]{2,}(?=\S)")

ANNEX = re.compile(
    r"\b(?:ver|véase|consta[n]?\s+en|figura[n]?\s+en|adjunt\w+\s+(?:en|como))\s+(?:el\s+)?"
    r"anexo\b(?:\s+(?:n[.°º]*\s*)?(?P<number>\d{1,4})\b)?",
    re.IGNORECASE,
)


def unfinished_sentences(facts: Facts) -> Iterator[Remark]:
    for passage in facts.passages:
        if passage.kind == Kind.TITLE:
            continue
        following = (*passage.lines[1:], None)
        for line, after, paragraph in zip(
            passage.lines, following, passage.paragraphs, strict=False
        ):
            if _is_finished(line, after, passage.leads_on):
                continue
            words = paragraph.rstrip()
            ends_in_comma = words.endswith(",")
            yield Remark(
                passage.block,
                "El párrafo termina en coma: la frase quedó abierta."
                if ends_in_comma
                else "El párrafo termina sin punto: la frase parece cortada.",
                "Complete la frase y ciérrela con punto.",
                line.words,
                excerpt(words, _last_words(words), len(words)),
            )


def _is_finished(line: Line, following: Line | None, leads_on: bool) -> bool:
    end = line.words.rstrip().rstrip(CLOSERS).rstrip()
    if not end or end[-1] in ".?!…":
        return True
    if end[-1] in ":;":
        return following is not None or leads_on
    # The sentence goes on in the next line: «uno, / dos y / tres.»
    if following and following.words[:1].islower():
        return True
    is_short = line.is_bullet and len(end.split()) <= SHORT_ITEM and end[-1] != ","
    return is_short or _is_address(end.split()[-1])


def _last_words(words: str) -> int:
    """Where the last three words start."""
    return len(words) - len(" ".join(words.split(" ")[-3:]))


def repeated_paragraphs(facts: Facts) -> Iterator[Remark]:
    first: dict[str, Passage] = {}
    for passage in facts.passages:
        if passage.kind != Kind.TEXT:
            continue
        for line in passage.lines:
            words = re.findall(r"\w+", fold(line.words) or "")
            if len(words) < LONG_PARAGRAPH:
                continue
            before = first.setdefault(" ".join(words), passage)
            if before is not passage:
                yield Remark(
                    passage.block,
                    f"Este párrafo ya está en «{before.block.name}».",
                    "Deje uno solo, o escriba aquí lo que correspondía.",
                    line.words,
                    excerpt(line.words, 0, len(line.words)),
                )


def office_variants(facts: Facts) -> Iterator[Remark]:
    for passage in facts.passages:
        for paragraph in passage.paragraphs:
            for capacity, pattern in OFFICES.items():
                names = facts.offices[capacity]
                known = {name.casefold() for name in names}
                for match in pattern.finditer(paragraph):
                    if " ".join(match[0].casefold().split()) in known:
                        continue
                    called = " o ".join(f"«{name}»" for name in names)
                    yield Remark(
                        passage.block,
                        f"Dice «{match[0]}»; el cargo se llama {called}.",
                        "Escriba el cargo como figura en «II. Participantes».",
                        paragraph,
                        excerpt(paragraph, *match.span()),
                    )


def missing_accents(facts: Facts) -> Iterator[Remark]:
    for passage in facts.passages:
        for place, line in enumerate(passage.lines):
            starts_speech = passage.attribution and place == 0
            spans = {match.span(1) for match in SAID.finditer(line.words)}
            if starts_speech and (match := SAID_FIRST.match(line.words)):
                spans.add(match.span(1))
            for start, end in sorted(spans):
                said, paragraph = line.words[start:end], passage.paragraphs[place]
                offset = len(paragraph) - len(line.words)
                yield Remark(
                    passage.block,
                    f"Dice «{said}»: en pasado lleva tilde.",
                    f"Escriba «{said[:-1]}ó».",
                    line.words,
                    excerpt(paragraph, offset + start, offset + end),
                )


def odd_capitals(facts: Facts) -> Iterator[Remark]:
    acronyms = {acronym.casefold(): acronym for acronym in facts.acronyms}
    for passage in facts.passages:
        for paragraph in passage.paragraphs:
            for match in WORD.finditer(paragraph):
                word = match[0]
                acronym = acronyms.get(word.casefold())
                if acronym is None or word == acronym or not _is_odd(word):
                    continue
                yield Remark(
                    passage.block,
                    f"Dice «{word}»; la sigla es «{acronym}».",
                    f"Escriba «{acronym}».",
                    paragraph,
                    excerpt(paragraph, *match.span()),
                )


def _is_odd(word: str) -> bool:
    """«MINSa», but neither «Minsa» nor the plural «GOREs»."""
    capitals = sum(letter.isupper() for letter in word)
    is_plural = word[-1] == "s" and word[:-1].isupper()
    return 1 < capitals < len(word) and not is_plural


def spacing(facts: Facts) -> Iterator[Remark]:
    for passage in facts.passages:
        for paragraph in passage.paragraphs:
            for match in NO_SPACE.finditer(paragraph):
                if _in_address(paragraph, match.start(1)):
                    continue
                yield Remark(
                    passage.block,
                    "Falta el espacio después del punto.",
                    "Ponga un espacio entre las dos oraciones.",
                    paragraph,
                    excerpt(paragraph, match.start(), match.end() + 1),
                )
            for match in SPACES.finditer(paragraph):
                yield Remark(
                    passage.block,
                    "Hay dos espacios seguidos.",
                    "Deje uno solo.",
                    paragraph,
                    _spaces(paragraph, match),
                )


def _in_address(paragraph: str, place: int) -> bool:
    start = paragraph.rfind(" ", 0, place) + 1
    end = paragraph.find(" ", place)
    return _is_address(paragraph[start : end if end >= 0 else len(paragraph)])


def _is_address(word: str) -> bool:
    """Of a page or of a mailbox."""
    return "://" in word or "@" in word or word.startswith("www.")


def _spaces(paragraph: str, match: re.Match[str]) -> Excerpt:
    """Spaces show in no excerpt: mark them as editors do."""
    around = excerpt(paragraph, *match.span())
    return Excerpt(around.before, "␣" * len(match[0]), around.after)


def missing_annexes(facts: Facts) -> Iterator[Remark]:
    for passage in facts.passages:
        for paragraph in passage.paragraphs:
            for match in ANNEX.finditer(paragraph):
                number = match["number"]
                if int(number) in facts.annexes if number else facts.annexes:
                    continue
                called = f"Anexo {number}" if number else "anexo"
                yield Remark(
                    passage.block,
                    f"Remite al {called}, y el acta no lo tiene.",
                    "Añada el anexo o corrija la remisión.",
                    paragraph,
                    excerpt(paragraph, *match.span()),
                )
