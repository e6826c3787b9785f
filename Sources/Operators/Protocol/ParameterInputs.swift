/// Which of the constants that an operator reads are parameters of the network: what training changes and counts count.
package enum ParameterInputs: Hashable, Sendable {
  /// None: the bounds of a clip, statistics of data.
  case none
  /// Those at these positions: weights, biases, scales.
  case at(Range<Int>)
  /// Addends or factors at any position, as exporters write biases and scales. A single number is a setting (an epsilon, the 3
  /// and 6 of a hard swish), and so is what acts on values that no parameter has had a part in (the normalisation of the data).
  case adjustments
}
