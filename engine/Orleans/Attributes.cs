namespace Orleans
{
    /// <summary>Marks a type that crosses a grain boundary or is grain state; the generator makes its codec.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = true)]
    public sealed class GenerateSerializerAttribute : Attribute
    {
        public bool IncludePrimaryConstructorParameters { get; init; } = true;
    }

    /// <summary>The number of a member in its encoded form; never reused, never changed.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter, Inherited = true)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        public uint Id { get; } = id;
    }

    /// <summary>The stable name of a type or method on the wire.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true, Inherited = true)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        public string Alias { get; } = alias;
    }

    /// <summary>A value that is never changed after it was made, so that no engine has to copy it.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
    public sealed class ImmutableAttribute : Attribute;
}

namespace Orleans.Concurrency
{
    /// <summary>All calls of this grain class may interleave at their awaits.</summary>
    [AttributeUsage(AttributeTargets.Class, Inherited = true)]
    public sealed class ReentrantAttribute : Attribute;

    /// <summary>A call of this method may interleave with any other.</summary>
    [AttributeUsage(AttributeTargets.Method, Inherited = true)]
    public sealed class AlwaysInterleaveAttribute : Attribute;

    /// <summary>Calls of methods so marked may interleave with each other.</summary>
    [AttributeUsage(AttributeTargets.Method, Inherited = true)]
    public sealed class ReadOnlyAttribute : Attribute;

    /// <summary>A call that has no answer: the caller goes on as soon as it is sent.</summary>
    [AttributeUsage(AttributeTargets.Method, Inherited = true)]
    public sealed class OneWayAttribute : Attribute;
}
