#include "runners/sandbox/inside/file_view.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "runners/sandbox/inside/mount_tree.hpp"
#include "runners/sandbox/inside/refusal.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<fs::path>;

struct Place {
  fs::path path = {};
  MountTree tree = {};
  bool becomes_read_only = false;
};
using Places = std::vector<Place>;

/// Folders that do not last, all in one tmpfs, so that one limit holds for them together. The tmpfs itself
/// hides beneath the sandbox's /dev.
class Scratch {
 public:
  explicit Scratch(std::uint64_t size) : tmpfs_(new_tmpfs(size)) { tmpfs_.attach(root_); }

  fs::path new_folder(mode_t mode) {
    const fs::path folder = root_ / std::to_string(count_++);
    fs::create_directory(folder);
    fs::permissions(folder, static_cast<fs::perms>(mode));
    return folder;
  }

  fs::path new_file() {
    const fs::path file = root_ / std::to_string(count_++);
    const std::ofstream made(file);
    return file;
  }

 private:
  fs::path root_ = "/dev";
  MountTree tmpfs_;
  int count_ = 0;
};

/// Where they really are, without those that there are not.
Paths existing(const Paths& paths) {
  Paths found;
  for (const fs::path& path : paths) {
    std::error_code missing;
    const fs::path real = fs::canonical(path, missing);
    if (!missing) found.push_back(real);
  }
  return found;
}

/// Under the name they were given as well, when it leads there by links: a link may lie in a folder that is
/// not shown.
Places copies_of(const Paths& paths) {
  Places places;
  for (const fs::path& path : paths) {
    std::error_code missing;
    const fs::path real = fs::canonical(path, missing);
    if (missing) throw Refusal(fmt::format("cannot show {}: {}", path.string(), missing.message()));
    places.push_back({real, copy_of(real)});
    if (path.lexically_normal() != real) places.push_back({path.lexically_normal(), copy_of(real)});
  }
  return places;
}

Places fresh_folders(Scratch& scratch) {
  constexpr mode_t kForEveryone = 01777;
  Places places;
  for (const fs::path& path : existing({"/tmp", "/var/tmp"}))
    places.push_back({path, copy_of(scratch.new_folder(kForEveryone))});
  places.push_back({"/dev/shm", copy_of(scratch.new_folder(kForEveryone))});
  for (const fs::path& path : existing({"/run"})) places.push_back({path, copy_of(scratch.new_folder(0755))});
  return places;
}

Places overlays(const Paths& paths, Scratch& scratch) {
  Places places;
  for (const fs::path& path : existing(paths)) {
    if (path == path.root_path()) continue;  // over which nothing can be mounted
    const auto shown_mode = static_cast<mode_t>(fs::status(path).permissions());
    auto overlay = overlay_on(path, scratch.new_folder(shown_mode), scratch.new_folder(0755));
    places.push_back({path, overlay ? std::move(*overlay) : copy_of(path)});
  }
  return places;
}

Places hidden_places(const Paths& paths, Scratch& scratch) {
  Places places;
  for (const fs::path& path : existing(paths))
    places.push_back(
        {path, copy_of(fs::is_directory(path) ? scratch.new_folder(0755) : scratch.new_file()), true});
  return places;
}

Places own_dev(Scratch& scratch) {
  const fs::path folder = scratch.new_folder(0755);
  fs::create_symlink("/proc/self/fd", folder / "fd");
  fs::create_symlink("/proc/self/fd/0", folder / "stdin");
  fs::create_symlink("/proc/self/fd/1", folder / "stdout");
  fs::create_symlink("/proc/self/fd/2", folder / "stderr");
  Places places;
  if (auto terminals = new_terminals()) {
    fs::create_symlink("pts/ptmx", folder / "ptmx");
    places.push_back({"/dev/pts", std::move(*terminals)});
  }
  places.push_back({"/dev", copy_of(folder), true});
  return places;
}

void add(Places& places, Places more) { std::ranges::move(more, std::back_inserter(places)); }

/// A place comes before those beneath it, so that of all that is asked for the most special holds. Of the
/// same place, the one that was added last holds.
void attach_all(Places& places) {
  std::ranges::stable_sort(places, {}, &Place::path);
  for (const Place& place : places) place.tree.attach(place.path);
  for (const Place& place : places)
    if (place.becomes_read_only) place.tree.make_read_only();
}

/// A number is a process, which may write about itself; all else is about the machine. Being root without any
/// capability does suffice to write to some of that.
void protect_machine_settings() {
  Paths settings;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const bool is_process =
        entry.path().filename().string().find_first_not_of("0123456789") == std::string::npos;
    const auto can_write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    const fs::file_status status = entry.symlink_status();
    if (is_process || fs::is_symlink(status)) continue;
    if (fs::is_directory(status) || (status.permissions() & can_write) != fs::perms::none)
      settings.push_back(entry.path());
  }
  for (const fs::path& path : settings) {
    const MountTree copy = copy_of(path);
    copy.make_read_only();
    copy.attach(path);
  }
}

bool is_still_a_socket(const fs::path& path) {
  std::error_code gone;
  return fs::is_socket(fs::symlink_status(path, gone));
}

void cover(const fs::path& socket) {
  try {
    copy_of("/dev/null").attach(socket);
  } catch (const std::exception&) {
    if (is_still_a_socket(socket)) throw;  // else its owner has removed it in the meantime
  }
}

}  // namespace

Paths listening_unix_sockets() {
  Paths paths;
  std::ifstream table("/proc/net/unix");
  std::string line;
  std::getline(table, line);  // the heading
  while (std::getline(table, line)) {
    const std::size_t start = line.find(" /");
    if (start != std::string::npos) paths.emplace_back(line.substr(start + 1));
  }
  return paths;
}

void arrange_files(const SandboxRequest& request, const Paths& unix_sockets) {
  const fs::path working_folder = fs::current_path();
  make_all_mounts_private();
  Places writable = copies_of(request.writable);
  Places devices =
      copies_of(existing({"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"}));
  make_all_mounts_read_only();
  Places readable = copies_of(request.readable);
  Scratch scratch(request.limits.scratch);
  Places places = fresh_folders(scratch);
  places.push_back({"/proc", new_proc()});
  add(places, own_dev(scratch));
  add(places, std::move(devices));
  add(places, overlays(request.overlays, scratch));
  add(places, hidden_places(request.hidden, scratch));
  add(places, std::move(readable));
  add(places, std::move(writable));
  attach_all(places);
  protect_machine_settings();
  for (const fs::path& socket : unix_sockets)
    if (is_still_a_socket(socket)) cover(socket);
  if (chdir(working_folder.c_str()) != 0)
    refuse(fmt::format("enter the working folder {}", working_folder.string()));
}

}  // namespace klab
