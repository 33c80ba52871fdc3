#include "runners/sandbox/inside/mount_tree.hpp"

#include <fcntl.h>
#include <linux/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "runners/sandbox/inside/refusal.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

mount_attr read_only() {
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY;
  return attributes;
}

// glibc has names for these calls since 2.36, which is newer than Ubuntu 22.04.
int set_attributes(int at, const char* path, unsigned flags, mount_attr attributes) {
  return static_cast<int>(syscall(SYS_mount_setattr, at, path, flags, &attributes, sizeof attributes));
}

/// A file system on its way to being mounted; its steps do nothing once one has failed.
class NewFileSystem {
 public:
  explicit NewFileSystem(const char* type)
      : context_(static_cast<int>(syscall(SYS_fsopen, type, FSOPEN_CLOEXEC))), works_(context_) {}

  NewFileSystem& set(const char* option, const std::string& value) {
    return configure(FSCONFIG_SET_STRING, option, value.c_str());
  }
  NewFileSystem& set(const char* flag) { return configure(FSCONFIG_SET_FLAG, flag, nullptr); }

  std::optional<MountTree> mount(unsigned attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV) {
    configure(FSCONFIG_CMD_CREATE, nullptr, nullptr);
    if (!works_) return std::nullopt;
    FileDescriptor fd(static_cast<int>(syscall(SYS_fsmount, context_.get(), FSMOUNT_CLOEXEC, attributes)));
    if (!fd) return std::nullopt;
    return MountTree{std::move(fd)};
  }

 private:
  NewFileSystem& configure(unsigned command, const char* key, const char* value) {
    works_ = works_ && syscall(SYS_fsconfig, context_.get(), command, key, value, 0) == 0;
    return *this;
  }

  FileDescriptor context_;
  bool works_;
};

bool is_folder(const FileDescriptor& fd) {
  struct stat about {};
  return fstat(fd.get(), &about) == 0 && S_ISDIR(about.st_mode);
}

void make_empty(const fs::path& place, bool folder) {
  fs::create_directories(folder ? place : place.parent_path());
  if (folder) return;
  const std::ofstream file(place);
}

std::string link_to(const FileDescriptor& fd) { return fmt::format("/proc/self/fd/{}", fd.get()); }

}  // namespace

void MountTree::attach(const fs::path& place) const {
  if (!fs::exists(fs::symlink_status(place))) make_empty(place, is_folder(fd));
  const auto flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS;
  if (syscall(SYS_move_mount, fd.get(), "", AT_FDCWD, place.c_str(), flags) != 0)
    refuse(fmt::format("mount over {}", place.string()));
}

void MountTree::make_read_only() const {
  if (set_attributes(fd.get(), "", AT_EMPTY_PATH, read_only()) != 0) refuse("make a mount read-only");
}

MountTree copy_of(const fs::path& path) {
  // With what is mounted beneath: without it, the kernel refuses to show what lies there.
  FileDescriptor fd(static_cast<int>(
      syscall(SYS_open_tree, AT_FDCWD, path.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE)));
  if (!fd) refuse(fmt::format("mount a copy of {}", path.string()));
  return {std::move(fd)};
}

MountTree new_tmpfs(std::uint64_t size) {
  NewFileSystem tmpfs("tmpfs");
  if (size > 0) tmpfs.set("size", std::to_string(size));
  auto tree = tmpfs.set("mode", "0755").mount();
  if (!tree) refuse("mount a tmpfs");
  return std::move(*tree);
}

MountTree new_proc() {
  auto tree = NewFileSystem("proc").mount();
  if (!tree) refuse("mount a /proc of the sandbox's own (a container hides parts of it?)");
  return std::move(*tree);
}

std::optional<MountTree> new_terminals() {
  NewFileSystem terminals("devpts");
  return terminals.set("newinstance").set("mode", "0620").set("ptmxmode", "0666").mount(MOUNT_ATTR_NOSUID);
}

std::optional<MountTree> overlay_on(const fs::path& folder, const fs::path& upper, const fs::path& work) {
  // By descriptor: options are short, and a name may have a comma or a colon in it.
  const FileDescriptor lower(open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!lower) return std::nullopt;
  return NewFileSystem("overlay")
      .set("userxattr")
      .set("lowerdir", link_to(lower))
      .set("upperdir", upper)
      .set("workdir", work)
      .mount();
}

void make_all_mounts_private() {
  mount_attr attributes{};
  attributes.propagation = MS_PRIVATE;
  if (set_attributes(AT_FDCWD, "/", AT_RECURSIVE, attributes) != 0)
    refuse("make mounts private (this needs Linux 5.12)");
}

void make_all_mounts_read_only() {
  if (set_attributes(AT_FDCWD, "/", AT_RECURSIVE, read_only()) != 0) refuse("make all files read-only");
}

}  // namespace klab
