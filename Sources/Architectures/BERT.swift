import EspalierFiles
import EspalierGraph
import EspalierTensors

/// BERT, an encoder of text: embeddings, and blocks of attention and two dense layers, each with a residual addition and a layer
/// normalisation behind it.
///
/// J. Devlin, M.-W. Chang, K. Lee and K. Toutanova, "BERT: pre-training of deep bidirectional transformers" (NAACL 2019), section 3;
/// the blocks are those of A. Vaswani et al., "Attention is all you need" (NeurIPS 2017), section 3.1. MiniLM has the same form.
package struct BERT: Hashable, Sendable {
  /// The activations between the two dense layers of a block.
  package enum Activation: String, Hashable, Sendable {
    case gelu
    case geluNew = "gelu_new"
    case geluTanh = "gelu_pytorch_tanh"
    case relu
  }

  /// What the network computes.
  package enum Task: Hashable, Sendable {
    /// The hidden state at every place, `B x S x D`.
    case features
    /// One output for each class, from the first place: a dense layer with `tanh` (the pooler), and one to the classes.
    case classification(labels: Int)
  }

  /// How many blocks there are.
  package var layers = 12
  /// The width of the hidden state: D.
  package var hiddenSize = 768
  /// How many heads attend.
  package var heads = 12
  /// The width between the two dense layers of a block.
  package var intermediateSize = 3072
  /// How many tokens are known.
  package var vocabularySize = 30522
  /// How many places a text has at most.
  package var places = 512
  /// How many kinds of tokens there are: the two texts of a pair.
  package var tokenTypes = 2
  /// What keeps the root of layer normalisations from zero.
  package var epsilon: Float = 1e-12
  /// The activation between the two dense layers of a block.
  package var activation = Activation.gelu
  /// The standard deviation of initial weights.
  package var deviation = 0.02

  /// BERT-base, uncased.
  package init() {}

  /// More blocks than any encoder has.
  private static let mostLayers = 4096

  /// Whether the sizes fit together.
  package var isConsistent: Bool {
    [layers, hiddenSize, heads, intermediateSize, vocabularySize, places, tokenTypes].allSatisfy { $0 > 0 }
      && hiddenSize % heads == 0 && layers <= Self.mostLayers
  }

  /// How many weights the encoder has but for biases and normalisations: a `Double`, because sizes out of a file may be
  /// anything.
  var weightCount: Double {
    let (width, inner) = (Double(hiddenSize), Double(intermediateSize))
    let embeddings = (Double(vocabularySize) + Double(places) + Double(tokenTypes)) * width
    return embeddings + Double(layers) * (4 * width * width + 2 * width * inner)
  }
}

extension BERT {
  /// The network that a `config.json` of the library transformers describes.
  ///
  /// - Throws: `EspalierError` where it is no such file, of another kind of network, or asks for what is not supported.
  package init(configuration path: String) throws(EspalierError) {
    let json = try JSONValue(parsing: FileContents.read(path), subject: path)
    self.init()
    if let kind = json["model_type"]?.string, kind != "bert" {
      throw EspalierError(
        .model, path, "describes a network of type \(kind)", remedy: "only bert is built here; export others as ONNX")
    }
    func integer(_ name: String, _ place: WritableKeyPath<BERT, Int>) throws(EspalierError) {
      guard let value = json[name], !value.isNull else { return }
      guard let number = value.integer else { throw EspalierError(.file, path, "\"\(name)\" is not a whole number") }
      self[keyPath: place] = number
    }
    try integer("num_hidden_layers", \.layers)
    try integer("hidden_size", \.hiddenSize)
    try integer("num_attention_heads", \.heads)
    try integer("intermediate_size", \.intermediateSize)
    try integer("vocab_size", \.vocabularySize)
    try integer("max_position_embeddings", \.places)
    try integer("type_vocab_size", \.tokenTypes)
    if let value = json["layer_norm_eps"]?.double { epsilon = Float(value) }
    if let value = json["initializer_range"]?.double { deviation = value }
    if let name = json["hidden_act"]?.string {
      guard let known = Activation(rawValue: name) else {
        throw EspalierError(
          .model, path, "asks for the activation \"\(name)\"",
          remedy: "known are gelu, gelu_new, gelu_pytorch_tanh, relu")
      }
      activation = known
    }
    if let kind = json["position_embedding_type"]?.string, kind != "absolute" {
      throw EspalierError(
        .model, path, "asks for positions of the kind \"\(kind)\"", remedy: "only absolute ones are built here")
    }
    if json["is_decoder"]?.bool == true {
      throw EspalierError(.model, path, "describes a decoder, and only encoders are built here")
    }
    guard isConsistent else {
      throw EspalierError(
        .file, path,
        "has sizes that do not fit: \(hiddenSize) is not \(heads) heads of one size, one is not positive, or there are more "
          + "than \(Self.mostLayers) layers")
    }
  }
}

extension JSONValue {
  /// The number, however it is written.
  fileprivate var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
