/// An upper limit on what a pruned network costs: `macs=0.5`, `parameters=2M`, `bytes=10MB`, `latency=0.6`.
package struct Budget: Hashable, Sendable {
  /// What a budget limits.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Multiply-accumulate operations for one sample.
    case macs
    /// Floating point numbers stored with the network.
    case parameters
    /// Bytes of all tensors stored with the network.
    case bytes
    /// The median time of a run on this machine.
    case latency

    /// The kind in a sentence.
    package var title: String {
      switch self {
      case .macs: "MACs"
      case .parameters: "parameters"
      case .bytes: "bytes"
      case .latency: "latency"
      }
    }
  }

  /// The largest cost allowed.
  package enum Limit: Hashable, Sendable {
    /// A fraction of the dense network's cost, above 0 and at most 1.
    case fraction(Double)
    /// An absolute cost.
    case amount(Double)
  }

  /// What is limited.
  package let kind: Kind
  /// The limit.
  package let limit: Limit

  /// A budget of `limit` for `kind`.
  package init(_ kind: Kind, _ limit: Limit) {
    self.kind = kind
    self.limit = limit
  }

  /// The limit in units of the kind, for a dense network that costs `dense`.
  package func amount(of dense: Double) -> Double {
    switch limit {
    case .fraction(let fraction): fraction * dense
    case .amount(let amount): amount
    }
  }

  /// The share of a budget that a network should use: one that costs less leaves something to be had.
  package static let tolerance = 0.98
}
