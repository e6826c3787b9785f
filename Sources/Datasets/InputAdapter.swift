import EspalierFiles
import EspalierTensors

/// An input that a network declares.
package struct DeclaredInput: Hashable, Sendable {
  /// The name.
  package var name: String
  /// The element type.
  package var elementType: ElementType
  /// The sizes of the axes, the batch first; `nil` for any size.
  package var dimensions: [Int?]
  /// The layout expected by the layer that reads the input; `nil` if it expects none.
  package var layout: ImageLayout?

  /// An input.
  package init(
    _ name: String, _ elementType: ElementType = .float32, dimensions: [Int?], layout: ImageLayout? = nil
  ) {
    self.name = name
    self.elementType = elementType
    self.dimensions = dimensions
    self.layout = layout
  }
}

/// Converts the samples of a data set to the shapes of a network's inputs.
///
/// Samples that are one tensor feed the only input, rearranged if that is unambiguous (``SampleArrangement``): channels
/// are moved to the other end of an image's axes, and 28 x 28 grey pixels feed an input of 784. Samples of several
/// fields feed the inputs of the same names.
package struct InputAdapter: Sendable {
  /// The source of an input's tensor.
  private enum Source: Sendable {
    /// The samples, rearranged, as elements of this type.
    case samples(SampleArrangement, ElementType)
    /// A field of the samples, as elements of this type.
    case field(String, ElementType)
  }

  private let sources: [String: Source]
  private let sampleShape: Shape

  /// An adapter from samples of `dataset` to `inputs`.
  ///
  /// - Throws: `EspalierError` that names the data and the shapes if they do not match.
  package init(_ dataset: any Dataset, to inputs: [DeclaredInput]) throws(EspalierError) {
    sampleShape = dataset.sampleShape
    guard dataset.isOneTensor else {
      sources = try Self.fields(dataset, inputs)
      return
    }
    guard let input = inputs.first, inputs.count == 1 else {
      throw EspalierError(
        .data, dataset.name, "feeds exactly one input, and the network has \(inputs.count)",
        remedy: "give data whose fields are called \(inputs.map(\.name).joined(separator: ", "))")
    }
    sources = [input.name: .samples(try SampleArrangement(dataset, to: input), input.elementType)]
  }

  /// The inputs for `batch`, in the network's shapes.
  package func callAsFunction(_ batch: Batch) -> [String: Tensor] {
    sources.mapValues { source in
      switch source {
      case .samples(let arranged, let type): arranged(batch[Batch.samples]).converted(to: type)
      case .field(let name, let type): batch[name].converted(to: type)
      }
    }
  }

  /// The shapes and types of the inputs for a batch of `count` samples, of the maximum length if lengths differ.
  package func types(count: Int) -> [String: (shape: Shape, elementType: ElementType)] {
    sources.mapValues { source in
      switch source {
      case .samples(let arranged, let type): (Shape([count] + arranged.shape), type)
      case .field(_, let type): (Shape([count] + sampleShape), type)
      }
    }
  }

  /// The usual names of text inputs in exported networks, by field.
  private static let synonyms: [String: Set<String>] = [
    "input_ids": ["ids", "tokens"], "attention_mask": ["input_mask", "mask"],
    "token_type_ids": ["segment_ids", "type_ids", "token_types"],
  ]

  private static func fields(
    _ dataset: any Dataset, _ inputs: [DeclaredInput]
  ) throws(EspalierError) -> [String: Source] {
    var sources: [String: Source] = [:]
    for input in inputs {
      let field = dataset.fieldNames.first { $0 == input.name || synonyms[$0]?.contains(input.name) == true }
      guard let field else {
        throw EspalierError(
          .model, "input \"\(input.name)\"", "is given no data by \(dataset.name)",
          remedy: "it has \(dataset.fieldNames.joined(separator: ", "))")
      }
      guard [.int64, .int32, .float32].contains(input.elementType) else {
        throw EspalierError(.model, "input \"\(input.name)\"", "is of \(input.elementType), which \(field) cannot be")
      }
      let length = input.dimensions.count == 2 ? input.dimensions[1] : nil
      guard input.dimensions.isEmpty || input.dimensions.count == 2, length == nil || length == dataset.sampleShape[0]
      else {
        throw EspalierError(
          .model, "input \"\(input.name)\"",
          "wants \(length.map { "\($0) places" } ?? "another shape"), and \(dataset.name) gives samples x places",
          remedy: "export the network with a free length")
      }
      sources[input.name] = .field(field, input.elementType)
    }
    return sources
  }
}

extension Tensor {
  /// Integers, possibly stored as `float32`, converted to another type.
  fileprivate func converted(to type: ElementType) -> Tensor {
    guard elementType != type, let values = doubles() else { return self }
    switch type {
    case .int32: return Tensor(shape: shape, values.map { Int32(clamping: Int($0)) })
    case .int64: return Tensor(shape: shape, values.map { Int64($0) })
    case .float32: return Tensor(shape: shape, values.map { Float($0) })
    default: return self
    }
  }
}
