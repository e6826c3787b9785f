import EspalierFiles
import SwiftProtobuf

/// The largest message that protobuf can hold, in bytes.
let largestMessage = Int(Int32.max) - 1

/// Parses a message from `bytes`; `kind` describes the expected contents in an error.
func parse<Proto: Message>(_ bytes: [UInt8], as kind: String) throws(EspalierError) -> Proto {
  guard !bytes.isEmpty else { throw EspalierError(.file, "file", "is empty", remedy: "get it again") }
  guard bytes.count <= largestMessage else {
    throw EspalierError(.file, "file", "is larger than 2 GiB", remedy: "save the model with external data")
  }
  guard !bytes.starts(with: "version https://git-lfs".utf8) else {
    throw EspalierError(.file, "file", "is a placeholder of Git LFS, not \(kind)", remedy: "fetch it with git lfs pull")
  }
  do {
    return try Proto(serializedBytes: bytes)
  } catch BinaryDecodingError.truncated {
    throw EspalierError(.file, "file", "ends too early, or is not \(kind)", remedy: "get the whole file")
  } catch BinaryDecodingError.messageDepthLimit {
    throw EspalierError(.model, "file", "has graphs too deep inside each other", remedy: "flatten the control flow")
  } catch BinaryDecodingError.invalidUTF8 {
    throw EspalierError(.file, "file", "is damaged, or is not \(kind): a name is not UTF-8", remedy: "get it again")
  } catch {
    throw EspalierError(.file, "file", "is damaged, or is not \(kind)", remedy: "get it again")
  }
}

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
