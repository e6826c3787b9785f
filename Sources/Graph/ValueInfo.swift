import EspalierTensors
import OrderedCollections

/// The declaration of a value in a graph: its name, element type and axes.
package struct ValueInfo: Hashable, Sendable {
  /// The value's name, unique in its graph.
  package var name: String
  /// The type of the elements; `nil` if it is not declared.
  package var elementType: ElementType?
  /// The declared axes; `nil` if not even their number is declared.
  package var dimensions: [Dimension]?
  /// The declared type of a value that is no dense tensor (a sequence, a map, ...), as the file encodes it.
  package var otherType: [UInt8]?
  /// Documentation for people.
  package var documentation: String
  /// Additional key-value text.
  package var metadata: OrderedDictionary<String, String>
  /// The meaning of the value (ONNX: denotation), such as `IMAGE`; empty if it is not declared.
  package var denotation: String
  /// The meaning of each axis, such as `DATA_CHANNEL`; empty if none is declared.
  package var axisDenotations: [String]

  /// Declares a value.
  package init(
    _ name: String, _ elementType: ElementType? = .float32, _ dimensions: [Dimension]? = nil,
    documentation: String = "", metadata: OrderedDictionary<String, String> = [:],
    denotation: String = "", axisDenotations: [String] = [], otherType: [UInt8]? = nil
  ) {
    self.name = name
    self.elementType = elementType
    self.dimensions = dimensions
    self.documentation = documentation
    self.metadata = metadata
    self.denotation = denotation
    self.axisDenotations = axisDenotations
    self.otherType = otherType
  }

  /// Whether the first axis has no fixed size.
  package var leavesFirstAxisOpen: Bool { dimensions?.first.map { $0.size == nil } ?? false }
}
