"""Sign-in under « /compte/ »: the views are allauth's, those that are not listed do not exist."""

from allauth.account import views as compte
from allauth.mfa.base import views as facteurs
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as cles
from django.urls import include, path, re_path

from territoires.acces import views, views_cles

MOT_DE_PASSE = [
    path("", compte.password_change, name="account_change_password"),
    path("oublie/", compte.password_reset, name="account_reset_password"),
    path("oublie/envoye/", compte.password_reset_done, name="account_reset_password_done"),
    path(
        "choisi/",
        compte.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^lien/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        compte.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
SECOND_FACTEUR = [
    path("", facteurs.index, name="mfa_index"),
    path("code/", facteurs.authenticate, name="mfa_authenticate"),
    path("confirmer/", facteurs.reauthenticate, name="mfa_reauthenticate"),
    path("application/", application.activate_totp, name="mfa_activate_totp"),
    path("application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("secours/nouveaux/", secours.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("secours/fichier/", secours.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path("cles/nouvelle/", cles.add_webauthn, name="mfa_add_webauthn"),
    path("cles/connexion/", cles.login_webauthn, name="mfa_login_webauthn"),
    path("cles/confirmer/", cles.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("cles/<int:pk>/retirer/", cles.remove_webauthn, name="mfa_remove_webauthn"),
    path("cles/<int:pk>/nommer/", cles.edit_webauthn, name="mfa_edit_webauthn"),
]
urlpatterns = [
    path(
        "compte/",
        include(
            [
                path("", views.mon_compte, name="mon-compte"),
                path("connexion/", compte.login, name="account_login"),
                path("deconnexion/", compte.logout, name="account_logout"),
                path("desactive/", compte.account_inactive, name="account_inactive"),
                path("confirmer/", compte.reauthenticate, name="account_reauthenticate"),
                path("proconnect/", views.vers_proconnect, name="proconnect"),
                path("proconnect/retour/", views.de_proconnect, name="proconnect-retour"),
                path("mot-de-passe/", include(MOT_DE_PASSE)),
                path("second-facteur/", include(SECOND_FACTEUR)),
                path("cles-api/", views_cles.mes_cles, name="cles-api"),
                path("cles-api/<int:pk>/revoquer/", views_cles.revoquer, name="cle-api-revoquer"),
                path("sessions/fermer/", views.fermer_les_autres, name="sessions-fermer"),
                path("sessions/<int:pk>/fermer/", views.fermer_session, name="session-fermer"),
            ]
        ),
    ),
]
