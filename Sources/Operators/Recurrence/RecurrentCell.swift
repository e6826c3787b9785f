/// The recurrence of a layer. With gates `a = W x + R h + b` of the input x and the former state h:
package enum RecurrentCell: String, Hashable, Sendable {
  /// `h = f(a)`.
  case rnn = "RNN"
  /// The gated recurrent unit: gates z, r and n, `h = (1 - f(z)) g(n) + f(z) h`, where n sees `f(r) h` in place of h.
  ///
  /// Source: K. Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical machine
  /// translation" (EMNLP 2014), section 2.3.
  case gru = "GRU"
  /// The long short-term memory: gates i, o, f and c, `C = f(f) C + f(i) g(c)`, `h = f(o) h(C)`.
  ///
  /// Source: S. Hochreiter and J. Schmidhuber, "Long short-term memory" (Neural Computation 1997), with forget gates.
  case lstm = "LSTM"

  /// The number of gates.
  package var gates: Int {
    switch self {
    case .rnn: 1
    case .gru: 3
    case .lstm: 4
    }
  }

  /// The functions f, g and h.
  var activations: [RecurrentActivation.Function] {
    switch self {
    case .rnn: [.tanh]
    case .gru: [.sigmoid, .tanh]
    case .lstm: [.sigmoid, .tanh, .tanh]
    }
  }
}
