"""Addresses of pages that cross stages, and of logging in."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from thidua.web import views
from thidua.web.passwords import NewPasswordForm, ResetForm

urlpatterns = [
    path("", views.home, name="home"),
    path("cuong-vi/", views.switch_position, name="switch_position"),
    path("dang-nhap/", auth.LoginView.as_view(), name="login"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="logout"),
    path(
        "quen-mat-khau/",
        auth.PasswordResetView.as_view(form_class=ResetForm),
        name="password_reset",
    ),
    path("quen-mat-khau/da-gui/", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "quen-mat-khau/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(form_class=NewPasswordForm),
        name="password_reset_confirm",
    ),
    path(
        "quen-mat-khau/xong/",
        auth.PasswordResetCompleteView.as_view(),
        name="password_reset_complete",
    ),
    path("doi-mat-khau/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("doi-mat-khau/xong/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("he-thong/", views.system, name="system"),
    path("tro-giup/", views.help_page, name="help"),
    path("tro-giup/<slug:topic>/", views.help_topic, name="help_topic"),
    path("nam/<int:year_id>/", views.year, name="year"),
    path("nam/<int:year_id>/lich-su/", views.history, name="history"),
    path("song/", views.health, name="health"),
]
