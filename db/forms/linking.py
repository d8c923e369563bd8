"""Why an officer says that two entries are, or are not, the same person."""

from typing import Annotated

from db.forms.form import Form
from db.forms.question import Kind, Question


class LinkForm(Form):
    """The reason for the decision; names may stand in it."""

    reason: Annotated[
        str | None,
        Question("Why", Kind.TEXT, hint="what you compared, such as date of birth, address or employer"),
    ] = None
