#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "runners/file_descriptor.hpp"

namespace klab {

/// A file system, or a copy of what is mounted somewhere, that is not attached to any place yet. Linux 5.12;
/// everything here throws Refusal unless it says otherwise.
struct MountTree {
  FileDescriptor fd = {};

  /// Attaches it to a place, which is made when there is none.
  void attach(const std::filesystem::path& place) const;

  /// This one mount, attached or not; what is mounted beneath it stays as it is.
  void make_read_only() const;
};

/// A file or folder with all that is mounted beneath, as it is now.
MountTree copy_of(const std::filesystem::path& path);

MountTree new_tmpfs(std::uint64_t size);

/// The processes of this process namespace.
MountTree new_proc();

/// Pseudo-terminals of its own; none when the system refuses.
std::optional<MountTree> new_terminals();

/// What is in `folder`, where all that is written goes to two empty folders of one writable file system. None
/// when the system refuses, as it does for a folder with something mounted beneath it.
std::optional<MountTree> overlay_on(const std::filesystem::path& folder, const std::filesystem::path& upper,
                                    const std::filesystem::path& work);

/// From here on, mounts made elsewhere do not appear here, nor those made here elsewhere.
void make_all_mounts_private();

void make_all_mounts_read_only();

}  // namespace klab
