#!/usr/bin/env bash
# A whole cluster on this machine: PostgreSQL, silos, servers and a load balancer, on loopback, in one folder.
#   deploy/local-cluster.sh up         starts what is missing of it (3 silos, 2 servers); the last line: READY <url> <admin token>
#   deploy/local-cluster.sh status     its processes, and the silos as the database knows them
#   deploy/local-cluster.sh kill N     kill -9 of silo N
#   deploy/local-cluster.sh scale N    silos 1 to N run: starts those that are missing, stops those above
#   deploy/local-cluster.sh down       stops everything; the data stay for the next up
# CLUSTER_DIR      the folder of everything (default ./local-cluster)
# CLUSTER_PORT     the load balancer's port (default 5080, or a free one where that is taken)
# CLUSTER_SILO, CLUSTER_API  programs already built (Actors.Silo.dll, Actors.Api.dll); without them they are built first
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "${CLUSTER_DIR:=$PWD/local-cluster}"
dir=$(cd "$CLUSTER_DIR" && pwd)
run=$dir/run log=$dir/log
default_silos=3 servers=2 patience=60

fail() { echo "local-cluster: $*" >&2; exit 1; }

need() { # need <command> <Debian package>
    command -v "$1" >/dev/null && return
    echo "installing $2"
    local sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq >"$log/apt.log" 2>&1
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >>"$log/apt.log" 2>&1 \
        || { cat "$log/apt.log" >&2; fail "$2 could not be installed"; }
}

postgres_program() {
    command -v "$1" 2>/dev/null || ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -1
}

as_postgres() { # PostgreSQL refuses to run as root
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# A process is known by its number and by this folder in its environment: numbers are used again.
pid_of() {
    local file=$run/$1.pid pid
    [ -s "$file" ] || return 1
    pid=$(<"$file")
    grep -qzFx "CLUSTER_DIR=$dir" "/proc/$pid/environ" 2>/dev/null && echo "$pid"
}

start() { # start <name> <program ...>
    local name=$1; shift
    CLUSTER_DIR=$dir setsid "$@" >>"$log/$name.log" 2>&1 </dev/null &
    echo $! >"$run/$name.pid"
}

stop() { # stop <name ...>: in order, then by force
    local name pid
    for name in "$@"; do
        pid=$(pid_of "$name") || continue
        kill -TERM "$pid" 2>/dev/null || true
        for _ in $(seq $((patience * 10))); do pid_of "$name" >/dev/null || break; sleep 0.1; done
        pid=$(pid_of "$name") && kill -KILL "$pid"
        rm -f "$run/$name.pid"
    done
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    while true; do
        port=$((20000 + RANDOM % 12000))
        is_free "$port" && ! grep -rqsx "$port" "$run"/*.port && { echo "$port"; return; }
    done
}

port_of() { # port_of <name> [wished]: chosen once, kept over restarts
    local file=$run/$1.port
    if [ ! -s "$file" ]; then
        if [ -n "${2:-}" ] && is_free "$2"; then echo "$2" >"$file"; else free_port >"$file"; fi
    fi
    cat "$file"
}

until_answers() { # until_answers <what> <url>
    for _ in $(seq $((patience * 10))); do
        curl -fs -o /dev/null --max-time 3 "$2" && return
        sleep 0.1
    done
    tail -n 5 "$log"/*.log >&2
    fail "$1 does not answer at $2 (logs: $log)"
}

secret_of() { # secret_of <name>: made once, for the owner's eyes
    local file=$dir/$1
    [ -s "$file" ] || (umask 077; od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$file")
    cat "$file"
}

programs() {
    silo=${CLUSTER_SILO:-$dir/programs/silo/Actors.Silo.dll} api=${CLUSTER_API:-$dir/programs/api/Actors.Api.dll}
    [ -z "${CLUSTER_SILO:-}" ] && { dotnet publish "$repository/silo" -c Release -v q --nologo -o "$dir/programs/silo"; }
    [ -z "${CLUSTER_API:-}" ] && { dotnet publish "$repository/api" -c Release -v q --nologo -o "$dir/programs/api"; }
    { [ -f "$silo" ] && [ -f "$api" ]; } || fail "there is no program $silo or $api"
    printf 'silo=%q api=%q\n' "$silo" "$api" >"$run/programs"
}

connection() {
    export ConnectionStrings__Actors="Host=127.0.0.1;Port=$(port_of postgres);Database=actors;Username=actors;Password=$(secret_of postgres-password)"
}

start_postgres() {
    local data=$dir/postgres ctl
    ctl=$(postgres_program pg_ctl)
    port_of postgres >/dev/null
    if [ ! -f "$data/PG_VERSION" ]; then
        local password; password=$(mktemp)
        secret_of postgres-password >"$password"
        mkdir -p "$data"
        if [ "$(id -u)" = 0 ]; then chown postgres "$data" "$password"; fi
        chmod 700 "$data"
        as_postgres "$(postgres_program initdb)" -D "$data" -U actors -A scram-sha-256 --pwfile="$password" -E UTF8 --locale=C --no-instructions >>"$log/postgres.log" 2>&1 \
            || { cat "$log/postgres.log" >&2; rm -rf "$data" "$password"; fail "PostgreSQL could not make $data (can the user postgres enter $dir?)"; }
        rm -f "$password"
    fi
    as_postgres "$ctl" status -D "$data" >/dev/null && return
    as_postgres "$ctl" start -D "$data" -w -t "$patience" -l "$data/server.log" -o \
        "-c listen_addresses=127.0.0.1 -c port=$(port_of postgres) -c unix_socket_directories=$data -c max_connections=200" >>"$log/postgres.log" 2>&1 \
        || { tail -n 20 "$data/server.log" >&2; fail "PostgreSQL does not start"; }
    export PGPASSWORD; PGPASSWORD=$(secret_of postgres-password)
    local there="-h 127.0.0.1 -p $(port_of postgres) -U actors"
    "$(postgres_program psql)" $there -d postgres -Atqc "SELECT 1 FROM pg_database WHERE datname = 'actors'" | grep -q 1 \
        || "$(postgres_program createdb)" $there actors
}

start_silo() {
    pid_of "silo-$1" >/dev/null && return
    start "silo-$1" dotnet "$silo" --Cluster:Endpoint "127.0.0.1:$(port_of "silo-$1")" --Data:Path "$dir/data/silo-$1"
}

start_server() {
    pid_of "api-$1" >/dev/null && return
    Admin__Token=$(secret_of admin-token) start "api-$1" dotnet "$api" --urls "http://127.0.0.1:$(port_of "api-$1")" \
        --Data:Path "$dir/data/api-$1" --Proxy:Known:0 127.0.0.1
}

start_balancer() {
    pid_of balancer >/dev/null && return
    {
        echo "global"
        echo "defaults"
        echo "  mode http"
        echo "  timeout connect 2s"
        echo "  timeout client 60s"
        echo "  timeout server 60s"
        echo "  timeout tunnel 1h"
        echo "  option forwardfor"
        # only what never reached a server is sent to another one
        echo "  retries 3"
        echo "  option redispatch 1"
        echo "  retry-on conn-failure"
        echo "frontend front"
        echo "  bind 127.0.0.1:$(port_of balancer "${CLUSTER_PORT:-5080}")"
        echo "  default_backend servers"
        echo "backend servers"
        echo "  balance leastconn"
        echo "  option httpchk GET /readyz"
        for i in $(seq $servers); do echo "  server api-$i 127.0.0.1:$(port_of "api-$i") check inter 1s fall 2 rise 1"; done
    } >"$dir/balancer.cfg"
    start balancer haproxy -db -f "$dir/balancer.cfg"
}

numbers() { # the silos that were ever started, in order
    ls "$run" | sed -n 's/^silo-\([0-9]*\)\.port$/\1/p' | sort -n
}

status() {
    [ -s "$run/programs" ] || fail "there is no cluster in $dir: run up first"
    local name
    for name in balancer $(for i in $(seq $servers); do echo "api-$i"; done) $(for i in $(numbers); do echo "silo-$i"; done); do
        printf '%-10s 127.0.0.1:%-6s %s\n' "$name" "$(port_of "$name")" "$(pid_of "$name" || echo 'not running')"
    done
    echo
    . "$run/programs"
    connection
    (cd "$dir" && dotnet "$silo" status)
}

active() { (cd "$dir" && dotnet "$silo" status 2>/dev/null) | sed -n 's/.*: \([0-9]*\) active silos$/\1/p'; }

until_active() { # until_active <count>
    for _ in $(seq $patience); do [ "$(active)" = "$1" ] && return; sleep 0.3; done
    tail -n 5 "$log"/silo-*.log >&2
    fail "there are $(active) active silos instead of $1 (logs: $log)"
}

up() {
    mkdir -p "$run" "$log" "$dir/data"
    need curl curl
    need haproxy haproxy
    [ -n "$(postgres_program initdb)" ] || need initdb postgresql
    programs
    start_postgres
    connection
    for i in $(seq $default_silos); do start_silo "$i"; done
    for i in $(seq $servers); do start_server "$i"; done
    for i in $(seq $servers); do until_answers "api-$i" "http://127.0.0.1:$(port_of "api-$i")/readyz"; done
    start_balancer
    until_answers "the load balancer" "http://127.0.0.1:$(port_of balancer)/readyz"
    until_active "$(for i in $(numbers); do pid_of "silo-$i"; done | wc -l)"
    ready
}

ready() { echo "READY http://127.0.0.1:$(port_of balancer) $(secret_of admin-token)"; }

scale() {
    [[ ${1:-} =~ ^[1-9][0-9]?$ ]] || fail "scale needs a number of silos from 1 to 99"
    pid_of balancer >/dev/null || fail "no cluster runs in $dir: run up first"
    . "$run/programs"
    connection
    for i in $(seq "$1"); do start_silo "$i"; done
    for i in $(numbers); do if [ "$i" -gt "$1" ]; then stop "silo-$i"; fi; done
    until_active "$1"
    ready
}

kill_silo() {
    local pid
    pid=$(pid_of "silo-${1:-}") || fail "silo ${1:-} does not run"
    kill -KILL "$pid"
    rm -f "$run/silo-$1.pid"
}

down() {
    stop balancer $(for i in $(seq $servers); do echo "api-$i"; done) $(for i in $(numbers 2>/dev/null); do echo "silo-$i"; done)
    local ctl; ctl=$(postgres_program pg_ctl)
    if [ -f "$dir/postgres/PG_VERSION" ] && as_postgres "$ctl" status -D "$dir/postgres" >/dev/null; then
        as_postgres "$ctl" stop -D "$dir/postgres" -m fast -w >>"$log/postgres.log" 2>&1
    fi
}

case "${1:-}" in
    up) up ;;
    status) status ;;
    kill) kill_silo "${2:-}" ;;
    scale) scale "${2:-}" ;;
    down) down ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0"; [ "${1:-}" = help ] || exit 2 ;;
esac
