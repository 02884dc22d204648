"""Đăng ký thi đua: titles, targets bound to slots, key tasks."""
