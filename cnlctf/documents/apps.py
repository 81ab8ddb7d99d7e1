from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cnlctf.documents"
    label = "documents"
    verbose_name = "Documentos emitidos"
