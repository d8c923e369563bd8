"""What a person fills in, checked before anything is kept. Every answer, right or wrong, stays with the officer."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import ValidationError
from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig

from db.errors import Problem, ThereIsAProblem
from db.forms.question import Kind, Question, Unreadable
from db.vocabulary import Vocabulary

_DIGITS = 4


class Form(SQLModel):
    """The base of every form. A field is ``Annotated[type, Question(...)]``; its order is the order on screen."""

    model_config = SQLModelConfig(arbitrary_types_allowed=True, extra="forbid")

    groups: ClassVar[Mapping[str, type["Form"]]] = {}
    """Parts that may come several times, each a form of its own, such as the children of a referral. An answer of the
    second child is named ``children.1.name`` on screen; a script hands in a list of objects."""

    @classmethod
    def questions(cls) -> tuple[Question, ...]:
        """The form's questions in the order they are asked."""
        return _questions(cls)

    @classmethod
    def read(cls, answers: Mapping[str, object], *, today: date, words: Vocabulary) -> Self:
        """The form as filled in.

        Args:
            answers: by field name, as typed.
            today: the day at the desk.
            words: the code lists that choices are made from.

        Raises:
            ThereIsAProblem: one sentence for each answer that needs another look, in the order of the form.
        """
        alone, grouped = cls._sorted_out(answers)
        kept, problems = cls._read_each(alone, today, words)
        for group, members in grouped.items():
            kept[group] = [cls._read_member(group, place, one, today, words, problems) for place, one in members]
        if unknown := sorted(set(alone) - {question.name for question in cls.questions()} - set(cls.extra_fields())):
            problems += [Problem(name[:40], name[:40], "This form has no such field") for name in unknown]
        form = cls.model_construct(**kept)
        if not problems:
            form = cls._whole(kept)
        told = {problem.field for problem in problems}
        problems += [problem for problem in form.check(today) if problem.field not in told]
        if problems:
            raise ThereIsAProblem(sorted(problems, key=cls._place))
        return form

    def check(self, today: date) -> Iterator[Problem]:
        """What is wrong between answers, each of which may be right alone. Forms with such rules override this."""
        yield from ()

    @classmethod
    def extra_fields(cls) -> tuple[str, ...]:
        """Fields that are not asked on screen but may be handed in, such as a confirmation."""
        return ()

    @classmethod
    def problem(cls, field: str, sentence: str) -> Problem:
        """A problem with one of this form's fields."""
        label = next((question.label for question in cls.questions() if question.name == field), field)
        return Problem(field, label, sentence)

    @classmethod
    def _whole(cls, kept: dict[str, Any]) -> Self:
        try:
            return cls.model_validate(kept)
        except ValidationError as wrong:
            names = dict.fromkeys(str(one["loc"][0])[:40] for one in wrong.errors(include_input=False))
            raise ThereIsAProblem([cls.problem(name, f"{name} cannot be read") for name in names]) from None

    @classmethod
    def _sorted_out(
        cls, answers: Mapping[str, object]
    ) -> tuple[dict[str, object], dict[str, list[tuple[int, dict[str, object]]]]]:
        """The answers of the form itself, and those of its groups member by member, empty members left out."""
        alone = {name: answer for name, answer in answers.items() if name.partition(".")[0] not in cls.groups}
        members: dict[str, dict[int, dict[str, object]]] = {group: {} for group in cls.groups}
        for name, answer in answers.items():
            group, _, rest = name.partition(".")
            place, _, field = rest.partition(".")
            if group in cls.groups and place.isdecimal() and len(place) < _DIGITS:
                members[group].setdefault(int(place), {})[field] = answer
            elif group in cls.groups and isinstance(answer, list):
                members[group].update({n: one for n, one in enumerate(answer) if isinstance(one, dict)})
            elif group in cls.groups and answer not in (None, ""):
                alone[name] = answer
        grouped = {
            group: [(place, one) for place, one in sorted(found.items()) if any(one.values())]
            for group, found in members.items()
        }
        return alone, grouped

    @classmethod
    def _read_member(
        cls,
        group: str,
        place: int,
        answers: Mapping[str, object],
        today: date,
        words: Vocabulary,
        problems: list[Problem],
    ) -> "Form | None":
        form = cls.groups[group]
        try:
            return form.read(answers, today=today, words=words)
        except ThereIsAProblem as wrong:
            problems += [Problem(f"{group}.{place}.{one.field}", one.label, one.sentence) for one in wrong.problems]
            return None

    @classmethod
    def _read_each(
        cls, answers: Mapping[str, object], today: date, words: Vocabulary
    ) -> tuple[dict[str, Any], list[Problem]]:
        kept: dict[str, Any] = {name: answers[name] for name in cls.extra_fields() if name in answers}
        problems = []
        for question in cls.questions():
            try:
                kept[question.name] = question.read(answers.get(question.name), today, words)
            except Unreadable as unreadable:
                problems.append(Problem(question.name, question.label, unreadable.sentence))
                continue
            if kept[question.name] is None and question.required:
                problems.append(Problem(question.name, question.label, question.required))
        return kept, problems

    @classmethod
    def _place(cls, problem: Problem) -> int:
        names = [*(question.name for question in cls.questions()), *cls.groups]
        field = problem.field.partition(".")[0]
        return names.index(field) if field in names else len(names)

    @classmethod
    def json_schema(cls, words: Vocabulary) -> dict[str, Any]:
        """The form as JSON Schema, for scripts: the same fields, labels, limits and choices as the screen."""
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(cls, words)}


@cache
def _questions(form: type[Form]) -> tuple[Question, ...]:
    from dataclasses import replace

    found = []
    for name, field in form.model_fields.items():
        found += [replace(mark, name=name) for mark in field.metadata if isinstance(mark, Question)]
    return tuple(found)


def _object(form: type[Form], words: Vocabulary) -> dict[str, Any]:
    properties = {question.name: _property(question, words) for question in form.questions()}
    properties |= {group: {"type": "array", "items": _object(one, words)} for group, one in form.groups.items()}
    return {
        "title": form.__name__,
        "description": (form.__doc__ or "").split("\n")[0],
        "type": "object",
        "properties": properties,
        "required": [question.name for question in form.questions() if question.required],
        "additionalProperties": False,
    }


_CODED = {Kind.ANSWER: "answer", Kind.LIMB: "limb_answer"}


def _property(question: Question, words: Vocabulary) -> dict[str, Any]:
    told: dict[str, Any] = {"title": question.label, "type": "string"}
    if question.hint:
        told["description"] = question.hint
    listed = _CODED.get(question.kind) or question.among
    if listed:
        codes = [term.code for term in words.terms(listed)]
        if question.kind is Kind.CHOICES:
            return told | {"type": "array", "items": {"enum": codes}}
        return told | {"enum": codes}
    if question.kind is Kind.NUMBER:
        return told | {"type": "integer", "minimum": 0}
    return told | {"maxLength": question.most}
