# Every target says what it does. Two commands matter: make run, make test.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export PROFILE ?= debug
LEVEL ?= B1
CARGO_PROFILE := $(if $(filter release,$(PROFILE)),--release)

.PHONY: help install stack build run test eval-course eval-ingest bench stop status logs clean gateway

help: ## What there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Put on this machine what is missing (apt as root, else it names the packages)
	@infra/local/install

stack: install ## Start Postgres, Kafka, MongoDB, Redis, AWS, Qdrant and the gateway, and prepare them
	@infra/local/up
	@infra/local/bootstrap

build: install ## Build the eight services
	@echo "Building the services (the first time takes minutes)"
	@cargo build --workspace --bins $(CARGO_PROFILE)

run: build stack ## Watch an SOP become a taught course: make run SOP=path/to/file LEVEL=B1
	@infra/local/up --services
	@SOP="$(SOP)" LEVEL="$(LEVEL)" infra/journey/run

test: ## Every check and test, on a stack of its own
	@infra/test.sh

eval-course: install ## Measure the courses that come out: proof, levels, keys, coverage, variety, language
	@cargo build -p sop-ingest-service -p course-gen-service --bins
	@.local/venv/bin/python infra/eval/course.py $(SOP)

bench: install ## Measure latency, throughput and memory, in release unless PROFILE says otherwise
	@PROFILE=$(if $(filter file,$(origin PROFILE)),release,$(PROFILE)) infra/bench/run

eval-ingest: install ## Measure how well SOPs are read and found, in release unless PROFILE says otherwise
	@PROFILE=$(if $(filter file,$(origin PROFILE)),release,$(PROFILE)) sop-ingest-service/eval/run

stop: ## Stop every stack; their data stays
	@STACK=run infra/local/down
	@STACK=test infra/local/down
	@STACK=bench infra/local/down

status: ## What runs, and whether it is well
	@STACK=run infra/local/status
	@STACK=test infra/local/status

logs: ## Follow the logs: make logs, or make logs NAME=sales-service
	@infra/local/logs $(NAME)

gateway: install ## Write the gateway's configuration from infra/routes.yaml
	@.local/venv/bin/python infra/local/gateway.py
	@echo "Wrote infra/local/nginx.conf.template"

clean: stop ## Remove the data of every stack and everything that install fetched
	@echo "Removing .local"
	@infra/local/wipe
