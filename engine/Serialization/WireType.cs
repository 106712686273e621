namespace Actors.Engine.Serialization;

/// <summary>How the bytes of a field are delimited; stands in the two low bits of its tag, the id above them.</summary>
public enum WireType : byte
{
    /// <summary>A variable-length integer, 7 bits a byte, the lowest first.</summary>
    Varint = 0,

    /// <summary>8 bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A varint with a length, and so many bytes.</summary>
    Bytes = 2,

    /// <summary>4 bytes, little-endian.</summary>
    Fixed32 = 3,
}
