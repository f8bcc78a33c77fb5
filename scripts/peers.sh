#!/bin/bash
# Installs the servers that the tests talk to: python3-websockets, node with ws, websocketd,
# mosquitto and nginx. Does nothing when all are there. What cannot be installed is named;
# its tests are then skipped by name, except with CI=true, where a missing peer is a failure.
set -u
cd "$(dirname "$0")/.."

WS=ws@8.23.0
PEERS=.peers

have_pythonWebsockets() { /usr/bin/python3 -c 'import websockets' 2>/dev/null; }
have_nodeWs() {
  NODE_PATH=$PWD/$PEERS/node_modules:/usr/share/nodejs node -e 'require("ws")' 2>/dev/null
}
have_websocketd() { command -v websocketd >/dev/null; }
have_mosquitto() {
  PATH=$PATH:/usr/sbin command -v mosquitto >/dev/null && command -v mosquitto_pub >/dev/null
}
have_nginx() { PATH=$PATH:/usr/sbin command -v nginx >/dev/null; }

missing() {
  local peer
  for peer in pythonWebsockets nodeWs websocketd mosquitto nginx; do
    "have_$peer" || echo "$peer"
  done
}

packages() {
  local peer
  for peer in "$@"; do
    case $peer in
      pythonWebsockets) echo python3-websockets ;;
      websocketd) echo websocketd ;;
      mosquitto) echo mosquitto mosquitto-clients ;;
      nginx) echo nginx-light ;;
      nodeWs)
        command -v node >/dev/null || echo nodejs
        command -v npm >/dev/null || echo node-ws
        ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

# Debian starts a service as soon as it is installed; these are only wanted as programs.
apt_install() {
  local policy=/usr/sbin/policy-rc.d own=no rc service
  if [ ! -e $policy ]; then
    own=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
    as_root chmod 755 $policy
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "${APT[@]}" install \
    -y --no-install-recommends "$@" </dev/null >"$log" 2>&1
  rc=$?
  if [ $own = yes ]; then
    as_root rm -f $policy
    for service in mosquitto nginx; do
      case " $* " in
        *" $service"*) as_root systemctl disable --quiet $service >/dev/null 2>&1 ;;
      esac
    done
  fi
  return $rc
}

install_packages() {
  if ! command -v apt-get >/dev/null; then
    echo "peers: no apt-get here; install by hand: $*"
  elif [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    echo "peers: neither root nor sudo without a password; install by hand: $*"
  else
    echo "peers: apt-get install $*"
    apt_install "$@" && return
    as_root apt-get -qq "${APT[@]}" update </dev/null >"$log" 2>&1
    apt_install "$@" || { echo "peers: apt-get failed:" && tail -3 "$log"; }
  fi
}

APT=(-o Acquire::Retries=1 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=120)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# shellcheck disable=SC2046 # one word a peer, one a package
absent=$(missing)
if [ -n "$absent" ]; then
  wanted=$(packages $absent)
  [ -z "$wanted" ] || install_packages $wanted
  if ! have_nodeWs && command -v npm >/dev/null; then
    echo "peers: npm install $WS into $PEERS"
    mkdir -p $PEERS
    npm install --prefix $PEERS --no-save --no-package-lock --ignore-scripts --prefer-offline \
      --no-audit --no-fund --silent $WS </dev/null >"$log" 2>&1 \
      || { echo "peers: npm failed:" && tail -3 "$log"; }
  fi
  absent=$(missing)
fi

if [ -z "$absent" ]; then
  echo "peers: pythonWebsockets nodeWs websocketd mosquitto nginx are there"
  exit 0
fi
if [ "${CI:-}" = true ]; then
  echo "peers: missing:" $absent
  exit 1
fi
echo "peers: missing:" $absent "(their tests will be skipped)"
