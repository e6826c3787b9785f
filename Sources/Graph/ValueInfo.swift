import EspalierTensors
import OrderedCollections

/// What a graph declares of one of its values: the name, the element type and the sizes of the axes.
package struct ValueInfo: Hashable, Sendable {
  /// The value's name, unique in its graph.
  package var name: String
  /// The type of the elements; `nil` where the file does not say.
  package var elementType: ElementType?
  /// The declared axes; `nil` where not even their number is known.
  package var dimensions: [Dimension]?
  /// Text for the reader.
  package var documentation: String
  /// Further named text kept with the value.
  package var metadata: OrderedDictionary<String, String>
  /// What the value stands for (ONNX: denotation), such as `IMAGE`; empty where nothing is said.
  package var denotation: String
  /// What each axis stands for, such as `DATA_CHANNEL`; empty where nothing is said of any.
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
