"""The acta's markup in templates: ``{{ body|markup }}``."""

from django import template

from cnlctf.lib import text

register = template.Library()

register.filter("markup", text.to_html)
register.filter("markup_inline", text.inline_html)
register.filter("markup_plain", text.to_plain)
