/// The constant inputs of an operator that are parameters of the network: those that training changes and parameter
/// counts include.
package enum ParameterInputs: Hashable, Sendable {
  /// None: the bounds of a clip, statistics of data.
  case none
  /// The inputs at these positions: weights, biases, scales.
  case at(Range<Int>)
  /// Addends or factors at any position, as exporters write biases and scales. A single number is a setting (an
  /// epsilon, the 3 and 6 of a hard swish), and so is one that acts on values that depend on no parameter (the
  /// normalisation of the data).
  case adjustments
}
