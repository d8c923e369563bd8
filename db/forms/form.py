"""What a person fills in, checked before anything is kept. Every answer, right or wrong, stays with the officer."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Self

from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig

from db.errors import Problem, ThereIsAProblem
from db.forms.question import Kind, Question, Unreadable
from db.vocabulary import Vocabulary


class Form(SQLModel):
    """The base of every form. A field is ``Annotated[type, Question(...)]``; its order is the order on screen."""

    model_config = SQLModelConfig(arbitrary_types_allowed=True, extra="forbid")

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
        kept, problems = cls._read_each(answers, today, words)
        if unknown := sorted(set(answers) - {question.name for question in cls.questions()} - set(cls.extra_fields())):
            problems += [Problem(name[:40], name[:40], "This form has no such field") for name in unknown]
        form = cls.model_construct(**kept)
        if not problems:
            form = cls.model_validate(kept)
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
        names = [question.name for question in cls.questions()]
        return names.index(problem.field) if problem.field in names else len(names)

    @classmethod
    def json_schema(cls, words: Vocabulary) -> dict[str, Any]:
        """The form as JSON Schema, for scripts: the same fields, labels, limits and choices as the screen."""
        properties = {question.name: _property(question, words) for question in cls.questions()}
        required = [question.name for question in cls.questions() if question.required]
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": cls.__name__,
            "description": (cls.__doc__ or "").split("\n")[0],
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


@cache
def _questions(form: type[Form]) -> tuple[Question, ...]:
    from dataclasses import replace

    found = []
    for name, field in form.model_fields.items():
        found += [replace(mark, name=name) for mark in field.metadata if isinstance(mark, Question)]
    return tuple(found)


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
