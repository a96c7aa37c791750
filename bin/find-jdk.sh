# Finds a JDK that can build and run Signalbox; sourced by ./signalbox, ./check and .ci/run.
# shellcheck shell=bash

# The version of Java that the project is written for. Any newer one will do.
signalbox_java_version=25

# Prints the feature version (25) of the JDK in folder $1, or nothing when there is no JDK.
jdk_version_of() {
  local line
  # A JRE can't build the project; a file says the version without starting a JVM.
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//\"/}
        line=${line%%[.+-]*}
        case $line in '' | *[!0-9]*) ;; *) echo "$line" ;; esac
        return 0
        ;;
    esac
  done <"$1/release"
}

# Prints the folders in which a JDK may be, the likeliest first.
jdk_candidates() {
  local tool folder
  tool=$(command -v javac || command -v java || true)
  if [ -n "$tool" ]; then
    tool=$(readlink -f "$tool" 2>/dev/null || echo "$tool")
    dirname "$(dirname "$tool")"
  fi
  for folder in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/* /opt/java/* \
    /usr/local/lib/jvm/* /usr/java/* "$HOME"/.jbang/cache/jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$folder" ] && echo "$folder"
  done
  return 0
}

# Sets and exports JAVA_HOME to a suitable JDK. Returns 1 when there is none.
find_jdk() {
  local folder version best='' best_version=0
  if [ -n "${JAVA_HOME:-}" ]; then
    version=$(jdk_version_of "$JAVA_HOME")
    if [ "${version:-0}" -ge "$signalbox_java_version" ]; then
      export JAVA_HOME
      return 0
    fi
  fi
  while IFS= read -r folder; do
    version=$(jdk_version_of "$folder")
    [ "${version:-0}" -ge "$signalbox_java_version" ] || continue
    # The oldest that will do: the build's compiler plug-ins know it best.
    if [ -z "$best" ] || [ "$version" -lt "$best_version" ]; then
      best=$folder
      best_version=$version
    fi
  done < <(jdk_candidates)
  [ -n "$best" ] || return 1
  export JAVA_HOME=$best
}

# Says on stderr what to install.
explain_missing_jdk() {
  cat >&2 <<MESSAGE
signalbox: Signalbox needs a JDK $signalbox_java_version or newer and found none (looked at JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt).
Install one, for instance:
  Debian, Ubuntu   sudo apt-get install openjdk-$signalbox_java_version-jdk-headless
  Fedora           sudo dnf install java-$signalbox_java_version-openjdk-devel
  macOS            brew install openjdk@$signalbox_java_version
  anywhere         https://adoptium.net/temurin/releases/?version=$signalbox_java_version (unpack it and set JAVA_HOME)
MESSAGE
}
