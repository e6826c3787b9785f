import ArgumentParser
import EspalierProximalPoint

/// The order in which epochs visit examples.
enum OrderArgument: String, ExpressibleByArgument, CaseIterable {
  case cyclic, shuffled, drawn

  /// The order, what is random determined by `seed`.
  func order(seed: UInt64) -> MinimizationOptions.Order {
    switch self {
    case .cyclic: .cyclic
    case .shuffled: .shuffled(seed: seed)
    case .drawn: .drawn(seed: seed)
    }
  }
}
