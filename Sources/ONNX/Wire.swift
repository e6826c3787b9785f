import EspalierFiles
import SwiftProtobuf

/// The largest message that protobuf can hold, in bytes.
let largestMessage = Int(Int32.max) - 1

/// How many graphs may contain another one: protobuf readers stop at 100 nested messages, and each graph takes three.
let deepestSubgraph = 28

/// The error for graphs nested deeper than ``deepestSubgraph``.
let tooDeep = EspalierError(
  .model, "file", "has graphs too deep inside each other", remedy: "flatten the control flow")

/// The error for a model that does not fit into one file.
let tooLarge = EspalierError(
  .model, "model", "is larger than the 2 GiB of one file", remedy: "write the weights as external data")

/// The encoded `message`.
func serialize(_ message: some Message) throws(EspalierError) -> [UInt8] {
  do {
    return try message.serializedBytes()
  } catch {
    // The schema has no required fields, so encoding a message can only fail by its size.
    throw tooLarge
  }
}
