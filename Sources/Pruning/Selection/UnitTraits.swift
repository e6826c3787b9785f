/// What is known of a group's units beside the layers that read them.
package struct UnitTraits: Sendable {
  /// The name of the group in messages.
  package var group = "the group"
  /// For each unit, the sum of `|gamma|` over its batch normalisations; `nil` if there is none.
  package var normalizationScales: [Double]?
  /// For each unit, the squared gradient of a loss at its gate, for the losses that were measured.
  package var gateGradients: [GateGradients.Loss: [Double]] = [:]

  /// No traits.
  package init() {}
}
