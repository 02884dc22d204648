# Two commands matter: `make run` and `make test`. Both set up whatever they need, twice is safe and fast.
# Without make (Windows): the same steps as plain commands stand in README.md.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& echo $$p && break; done)
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test bench format

help: ## Các lệnh có ở đây
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: ## Dựng môi trường trong .venv
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên. Cài Python rồi chạy lại."; exit 1; }
	@$(PYTHON) dev/setup.py

run: setup ## Nạp năm khối mẫu, một khối thực hành rồi mở http://127.0.0.1:8000
	@$(VENV) -m thidua demo --serve

test: setup ## Chạy mọi phép kiểm: định dạng, kiểu, kiến trúc, đơn vị, câu chuyện, trình duyệt
	@$(VENV) dev/check.py

bench: setup ## Đo mọi phép đo trong bench/
	@$(VENV) dev/measure.py

format: setup ## Sửa định dạng mã nguồn
	@.venv/bin/ruff check --fix-only -q . ; .venv/bin/ruff format -q .
