from django.contrib.admin import AdminSite


class CommissionAdminSite(AdminSite):
    site_title = "Administración de la CNLCTF"
    site_header = "CNLCTF · Administración"
    index_title = "Registros de la comisión"
