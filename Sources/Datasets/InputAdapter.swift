import EspalierFiles
import EspalierTensors

/// Converts the samples of a data set to the shapes of a network's inputs.
///
/// Samples that are one tensor feed the only input, samples of several fields the inputs of the same names. Each is
/// rearranged if that is unambiguous (``SampleArrangement``): channels are moved to the other end of an image's axes,
/// and 28 x 28 grey pixels feed an input of 784.
package struct InputAdapter: Sendable {
  /// The source of an input's tensor.
  private struct Source: Sendable {
    /// The field of the samples.
    var field: String
    /// The arrangement of its axes; `nil` for samples of different lengths, which stay as they are.
    var arranged: SampleArrangement?
    /// The shape of a sample.
    var shape: Shape
    /// The element type of the input.
    var elementType: ElementType
    /// Where the input has its samples.
    var samples = SamplePlace.first

    /// Samples along the first axis as the input has them.
    func placed(_ tensor: Tensor) -> Tensor {
      switch samples {
      case .first: tensor
      case .axis(let axis): tensor.movingFirstAxis(to: axis)
      case .none: tensor.taking([0], along: 0).reshaped(shape)
      }
    }

    /// The shape of the input for `count` samples.
    func inputShape(_ count: Int) -> Shape {
      switch samples {
      case .axis(let axis): Shape(shape.sizes[..<axis] + [count] + shape.sizes[axis...])
      case .none: shape
      }
    }
  }

  private let sources: [String: Source]

  /// An adapter from samples of `dataset` to `inputs`.
  ///
  /// - Throws: `EspalierError` that names the data and the shapes if they do not match.
  package init(_ dataset: any Dataset, to inputs: [DeclaredInput]) throws(EspalierError) {
    guard !dataset.isOneTensor || inputs.count == 1 else {
      let names = inputs.map(\.name)
      throw EspalierError(
        .data, dataset.name, "feeds exactly one input, and the network has \(names.count)",
        remedy: "give INPUT=DATA for each, or an .npz with an array for each: \(names.listed())")
    }
    var sources: [String: Source] = [:]
    for input in inputs {
      let field = try dataset.isOneTensor ? dataset.fields[0] : Self.field(of: dataset, for: input)
      sources[input.name] =
        field.axes == .places
        ? try Self.places(field, of: dataset, for: input)
        : try Self.arranged(field, of: dataset, for: input)
    }
    self.sources = sources
  }

  /// The inputs for `batch`, in the network's shapes.
  package func callAsFunction(_ batch: Batch) -> [String: Tensor] {
    sources.mapValues { source in
      let own = batch[source.field]
      return source.placed((source.arranged.map { $0(own) } ?? own).converted(to: source.elementType))
    }
  }

  /// The shapes and types of the inputs for a batch of `count` samples, of the maximum length if lengths differ.
  package func types(count: Int) -> [String: (shape: Shape, elementType: ElementType)] {
    sources.mapValues { ($0.inputShape(count), $0.elementType) }
  }

  /// The usual names of text inputs in exported networks, by field.
  private static let synonyms: [String: Set<String>] = [
    "input_ids": ["ids", "tokens"], "attention_mask": ["input_mask", "mask"],
    "token_type_ids": ["segment_ids", "type_ids", "token_types"],
  ]

  /// The field that feeds `input`, by its name.
  private static func field(
    of dataset: any Dataset, for input: DeclaredInput
  ) throws(EspalierError) -> SampleField {
    let field = dataset.fields.first { $0.name == input.name || synonyms[$0.name]?.contains(input.name) == true }
    guard let field else {
      throw EspalierError(
        .model, "input \"\(input.name)\"", "is given no data by \(dataset.name)",
        remedy: "it has \(dataset.fieldNames.listed())")
    }
    return field
  }

  private static func arranged(
    _ field: SampleField, of dataset: any Dataset, for input: DeclaredInput
  ) throws(EspalierError) -> Source {
    let arranged = try SampleArrangement(field, of: dataset.name, to: input.samplesFirst)
    return Source(
      field: field.name, arranged: arranged, shape: arranged.shape, elementType: input.elementType,
      samples: input.samples)
  }

  private static func places(
    _ field: SampleField, of dataset: any Dataset, for input: DeclaredInput
  ) throws(EspalierError) -> Source {
    guard [.int64, .int32, .float32].contains(input.elementType) else {
      throw EspalierError(
        .model, "input \"\(input.name)\"", "is of \(input.elementType), which \(field.name) cannot be")
    }
    let length = input.dimensions.count == 2 ? input.dimensions[1] : nil
    guard input.dimensions.isEmpty || input.dimensions.count == 2, length == nil || length == field.shape[0] else {
      throw EspalierError(
        .model, "input \"\(input.name)\"",
        "wants \(length.map { "\($0) places" } ?? "another shape"), and \(dataset.name) gives samples x places",
        remedy: "export the network with a free length")
    }
    return Source(field: field.name, arranged: nil, shape: field.shape, elementType: input.elementType)
  }
}
