from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from poa.models import ActionLine, Axis, NationalPlan, Objective, Strategy
from poa.national_tree import KINDS, Kind, code_parts, home_of, plan_of
from sessions.forms.filters import DayField

MOVE, STAY = "move", "stay"


class NationalPlanForm(forms.ModelForm):
    class Meta:
        model = NationalPlan
        fields = ["acronym", "name", "norm", "norm_date", "starts_on", "ends_on"]
        field_classes = {"norm_date": DayField, "starts_on": DayField, "ends_on": DayField}
        help_texts = {"acronym": "Como se lo nombra en las páginas: «III PNLCTF»."}


class ObjectiveForm(forms.ModelForm):
    number = forms.IntegerField(label="Número", min_value=1, max_value=999)

    class Meta:
        model = Objective
        fields = ["number", "name"]
        widgets = {"name": forms.Textarea(attrs={"rows": 3})}


class AxisForm(ObjectiveForm):
    class Meta:
        model = Axis
        fields = ["number", "name"]


class CodedForm(forms.ModelForm):
    """A node known by its whole code, as the document prints it.

    The last number is the node's own; those before say where it belongs. Where they say another
    place than the one that it is put in, it is moved there, or left here with a reason.
    """

    kind: ClassVar[Kind]

    code = forms.CharField(label="Código", max_length=20)
    place = forms.ChoiceField(label="Qué se hace", required=False, choices=[(MOVE, ""), (STAY, "")])
    reason = forms.CharField(
        label="Por qué se deja aquí",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        node: Any = self.instance
        self.home = getattr(node, self.kind.parent)
        self.elsewhere: Any = None
        self.disagrees = bool(node.source_code)
        code = f"{_prefix(self.home)}." if node._state.adding else node.source_code or node.prefix
        self.initial.update({"code": code, "reason": node.source_code_reason})
        if self.disagrees:
            self.initial["place"] = STAY

    def clean_code(self) -> tuple[int, ...]:
        parts = code_parts(self.cleaned_data["code"])
        if len(parts) != self.kind.parts:
            raise ValidationError(f"El código tiene {self.kind.parts} números: {self.example}.")
        return parts

    @property
    def example(self) -> str:
        return f"{_prefix(self.home)}.7"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "code" not in said:
            return said
        *prefix, number = said["code"]
        node: Any = self.instance
        node.number = number
        node.source_code = node.source_code_reason = ""
        typed = ".".join(map(str, said["code"]))
        self.disagrees = typed != f"{_prefix(self.home)}.{number}"
        if self.disagrees:
            self.elsewhere = home_of(self.kind, plan_of(self.home), tuple(prefix))
            self._settle(said, typed)
        return said

    def _settle(self, said: dict[str, Any], typed: str) -> None:
        node: Any = self.instance
        match said.get("place"):
            case "move" if self.elsewhere:
                setattr(node, self.kind.parent, self.elsewhere)
            case "stay" if said.get("reason"):
                node.source_code, node.source_code_reason = typed, said["reason"]
            case "stay":
                self.add_error("reason", "Diga por qué: quien lea después lo necesita.")
            case _:
                where = self.elsewhere.code if self.elsewhere else "un lugar que no existe"
                self.add_error(
                    "code",
                    f"El código {typed} es de {where}, y esto está en {self.home.code}. Elija qué "
                    "se hace.",
                )

    def _get_validation_exclusions(self) -> set[str]:
        """The number comes from the code: that it is not taken is asked here as well."""
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"number", self.kind.parent} if "code" in self.cleaned_data else excluded


class StrategyForm(CodedForm):
    kind = KINDS["estrategia"]

    class Meta:
        model = Strategy
        fields = ["name", "axis"]
        widgets = {"name": forms.Textarea(attrs={"rows": 3})}

    field_order = ["code", "place", "reason", "name", "axis"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["axis"]
        field.queryset = self.home.plan.axes.all()


class LineForm(CodedForm):
    kind = KINDS["linea"]

    class Meta:
        model = ActionLine
        fields = ["name"]
        widgets = {"name": forms.Textarea(attrs={"rows": 3})}

    field_order = ["code", "place", "reason", "name"]


FORMS: dict[str, type[forms.ModelForm]] = {
    "plan": NationalPlanForm,
    "objetivo": ObjectiveForm,
    "eje": AxisForm,
    "estrategia": StrategyForm,
    "linea": LineForm,
}


def _prefix(home: Objective | Strategy) -> str:
    return str(home.number) if isinstance(home, Objective) else home.prefix
