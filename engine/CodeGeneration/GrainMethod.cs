namespace Actors.Engine.CodeGeneration;

/// <summary>A method of a grain or observer interface; one static instance each, made by generated code.</summary>
public sealed class GrainMethod(
    string interfaceAlias,
    string methodAlias,
    string interfaceName,
    string methodName,
    bool alwaysInterleave,
    bool readOnly,
    bool oneWay)
{
    /// <summary>The interface's name on the wire.</summary>
    public string InterfaceAlias { get; } = interfaceAlias;

    /// <summary>The method's name on the wire.</summary>
    public string MethodAlias { get; } = methodAlias;

    public string InterfaceName { get; } = interfaceName;

    public string MethodName { get; } = methodName;

    public bool AlwaysInterleave { get; } = alwaysInterleave;

    public bool ReadOnly { get; } = readOnly;

    public bool OneWay { get; } = oneWay;

    public override string ToString() => $"{InterfaceName}.{MethodName}";
}
