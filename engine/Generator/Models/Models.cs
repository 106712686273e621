namespace Actors.Engine.Generator.Models;

/// <summary>How a field without value is told from one with the default.</summary>
internal enum FieldNullability
{
    /// <summary>A scalar: the default is left out and comes back as the default.</summary>
    None,

    /// <summary>Something that is never null: when left out, the codec makes an empty one.</summary>
    NeverNull,

    /// <summary>A nullable reference: null is left out.</summary>
    NullableReference,

    /// <summary>A Nullable: null is left out.</summary>
    NullableValue,
}

/// <summary>A member, argument or result as a field: where it stands and which codec it has.</summary>
/// <param name="Id">The field's id.</param>
/// <param name="Name">The member's or parameter's name, escaped.</param>
/// <param name="Type">The type, fully qualified.</param>
/// <param name="CodecType">The type the codec is for: without the outermost question mark.</param>
/// <param name="Codec">An expression for the codec.</param>
/// <param name="Nullability">What left out means.</param>
internal sealed record FieldModel(uint Id, string Name, string Type, string CodecType, string Codec, FieldNullability Nullability);

/// <summary>A generated class: the namespace and name it gets, and whether others may use it.</summary>
internal sealed record TargetModel(string Namespace, string Name, bool IsPublic)
{
    public string FullName => $"global::{Namespace}.{Name}";

    public string HintName => $"{Namespace}.{Name}.g.cs";
}

/// <summary>A [GenerateSerializer] type.</summary>
/// <param name="ConstructorFields">Constructor parameter names and the index of the field each takes.</param>
/// <param name="InitializerFields">Indexes of the fields set by the object initializer.</param>
internal sealed record MessageModel(
    TargetModel Target,
    string Type,
    string TypeAlias,
    EquatableArray<FieldModel> Fields,
    EquatableArray<ConstructorField> ConstructorFields,
    EquatableArray<int> InitializerFields);

internal sealed record ConstructorField(string Parameter, int Field);

/// <summary>How a method gives its result.</summary>
internal enum ResultKind
{
    Void,
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}

/// <param name="Parameters">All but the cancellation token, in order.</param>
/// <param name="CancellationToken">Name of the parameter, or null.</param>
internal sealed record MethodModel(
    string Name,
    string TypeAlias,
    string DeclaringType,
    string ReturnType,
    ResultKind Kind,
    FieldModel? Result,
    EquatableArray<FieldModel> Parameters,
    string? CancellationToken,
    bool AlwaysInterleave,
    bool ReadOnly,
    bool OneWay);

/// <summary>A grain or observer interface.</summary>
internal sealed record InterfaceModel(
    TargetModel Target,
    string Type,
    string Name,
    string TypeAlias,
    bool IsObserver,
    EquatableArray<MethodModel> Methods);

/// <summary>A grain class.</summary>
/// <param name="Arguments">Expressions for the constructor's arguments.</param>
/// <param name="CollectionAge">An expression, or null.</param>
internal sealed record GrainModel(
    TargetModel Target,
    string Type,
    string GrainType,
    EquatableArray<string> Interfaces,
    EquatableArray<string> StateNames,
    EquatableArray<string> Arguments,
    bool Reentrant,
    bool Remindable,
    string? CollectionAge);

/// <summary>What was read of one declaration: a model, or what is wrong with it.</summary>
internal sealed record ReadResult<T>(T? Model, EquatableArray<DiagnosticInfo> Diagnostics)
    where T : class;
