/// The numbers of those fields of ONNX's messages that contain messages of any number or size, from `onnx-ml.proto`.
enum WireField {
  /// Fields of `ModelProto`.
  enum Model {
    static let graph = 7
    static let trainingInfo = 20
    static let functions = 25
    static let configuration = 26
    static let all: Set = [graph, trainingInfo, functions, configuration]
  }

  /// Fields of `GraphProto`.
  enum Graph {
    static let nodes = 1
    static let initializers = 5
    static let inputs = 11
    static let outputs = 12
    static let values = 13
    static let quantization = 14
    static let sparseInitializers = 15
    static let all: Set = [nodes, initializers, inputs, outputs, values, quantization, sparseInitializers]
  }

  /// Fields of `NodeProto`.
  enum Node {
    static let attributes = 5
  }

  /// Fields of `AttributeProto`.
  enum Attribute {
    static let tensor = 5
    static let graph = 6
    static let tensors = 10
    static let graphs = 11
    static let types = 15
    static let sparseTensors = 23
    /// All but the single tensor, which is parsed with the attribute.
    static let lists: Set = [graph, tensors, graphs, types, sparseTensors]
  }

  /// Fields of `TensorProto`.
  enum Tensor {
    static let rawData = 9
    static let externalData = 13
  }
}
