#include "checks/catalogue/cycles.hpp"

#include <algorithm>

namespace klab {
namespace {

/// Tarjan's algorithm with a stack of its own.
class Components {
 public:
  Components(std::vector<Edge> edges, std::size_t nodes)
      : edges_(std::move(edges)), number_(nodes, kNoName), low_(nodes, 0), is_open_(nodes) {
    std::ranges::sort(edges_);
    edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
  }

  std::vector<std::vector<Name>> find() {
    for (const auto& [from, to] : edges_)
      if (number_[from] == kNoName) explore(from);
    return std::move(found_);
  }

 private:
  struct Visit {
    Name node = kNoName;
    std::size_t edge = 0;
  };

  void explore(Name root) {
    std::vector<Visit> visits{enter(root)};
    while (!visits.empty()) {
      Visit& visit = visits.back();
      if (visit.edge < edges_.size() && edges_[visit.edge].first == visit.node) {
        const Name to = edges_[visit.edge++].second;
        if (number_[to] == kNoName)
          visits.push_back(enter(to));
        else if (is_open_[to])
          low_[visit.node] = std::min(low_[visit.node], number_[to]);
        continue;
      }
      const Name node = visit.node;
      visits.pop_back();
      if (!visits.empty()) low_[visits.back().node] = std::min(low_[visits.back().node], low_[node]);
      if (low_[node] == number_[node]) close(node);
    }
  }

  Visit enter(Name node) {
    number_[node] = low_[node] = next_++;
    is_open_[node] = true;
    open_.push_back(node);
    const auto first = std::ranges::lower_bound(edges_, node, {}, &Edge::first);
    return {node, static_cast<std::size_t>(first - edges_.begin())};
  }

  void close(Name root) {
    std::vector<Name> component;
    Name node = kNoName;
    do {
      node = open_.back();
      open_.pop_back();
      is_open_[node] = false;
      component.push_back(node);
    } while (node != root);
    if (component.size() < 2) return;
    std::ranges::sort(component);
    found_.push_back(std::move(component));
  }

  std::vector<Edge> edges_;
  std::vector<Name> number_;
  std::vector<Name> low_;
  std::vector<bool> is_open_;
  std::vector<Name> open_ = {};
  std::vector<std::vector<Name>> found_ = {};
  Name next_ = 0;
};

}  // namespace

std::vector<std::vector<Name>> circles(std::vector<Edge> edges, std::size_t nodes) {
  return Components(std::move(edges), nodes).find();
}

}  // namespace klab
