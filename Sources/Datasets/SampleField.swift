import EspalierTensors

/// A tensor of each sample of a data set.
package struct SampleField: Hashable, Sendable {
  /// The name, that of ``Batch/fields``.
  package let name: String
  /// The shape of one sample's tensor; of ``SampleAxes/places`` that of the longest sample.
  package let shape: Shape
  /// The meaning of its axes, as far as known.
  package let axes: SampleAxes

  /// A field.
  package init(_ name: String, _ shape: Shape, _ axes: SampleAxes = .stored) {
    self.name = name
    self.shape = shape
    self.axes = axes
  }
}
