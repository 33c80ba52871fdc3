#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace klab {

/// Memory for the tables of millions of events. Large blocks lie on huge pages where the machine has them: on
/// small ones a look-up waits for its page's address as long as for what it looks up.
template <typename T>
struct HugePages {
  using value_type = T;

  HugePages() = default;
  template <typename U>
  HugePages(const HugePages<U>&) {}  // NOLINT(google-explicit-constructor): as an allocator must

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kLarge) return static_cast<T*>(::operator new(bytes));
    void* const block = ::operator new(bytes, kPage);
    // Refused or not: the block is there all the same.
    madvise(block, bytes, MADV_HUGEPAGE);
    return static_cast<T*>(block);
  }

  void deallocate(T* block, std::size_t count) {
    if (count * sizeof(T) < kLarge)
      ::operator delete(block);
    else
      ::operator delete(block, kPage);
  }

  bool operator==(const HugePages&) const { return true; }

 private:
  static constexpr std::align_val_t kPage{std::size_t{2} << 20};
  static constexpr std::size_t kLarge = std::size_t{16} << 20;
};

template <typename T>
using LargeVector = std::vector<T, HugePages<T>>;

}  // namespace klab
