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
    denotation: String = "", axisDenotations: [String] = []
  ) {
    self.name = name
    self.elementType = elementType
    self.dimensions = dimensions
    self.documentation = documentation
    self.metadata = metadata
    self.denotation = denotation
    self.axisDenotations = axisDenotations
  }
}
