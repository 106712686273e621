using System.Collections.Immutable;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Boundaries;

/// <summary>
/// What crosses a grain boundary is never copied, so it must be unable to change: immutable records of scalars,
/// texts and ImmutableArray. Grain state must survive the other engine's JSON.
/// </summary>
public sealed class BoundaryTests
{
    private static readonly Assembly[] Assemblies = [Assembly.Load("Actors.GrainInterfaces"), Assembly.Load("Actors.Grains")];

    private static readonly HashSet<Type> Scalars =
    [
        typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(double), typeof(float),
        typeof(decimal), typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
    ];

    public static TheoryData<string, Type> Crossing()
    {
        var data = new TheoryData<string, Type>();
        foreach (var method in GrainInterfaces().SelectMany(i => i.GetMethods()))
        {
            var parameters = method.GetParameters().Select(p => p.ParameterType).Where(t => t != typeof(CancellationToken));
            foreach (var type in parameters.Append(ResultOf(method)).OfType<Type>().Distinct())
            {
                data.Add($"{method.DeclaringType!.Name}.{method.Name}", type);
            }
        }

        return data;
    }

    public static TheoryData<string, Type> States()
    {
        var data = new TheoryData<string, Type>();
        foreach (var grain in GrainClasses())
        {
            foreach (var parameter in grain.GetConstructors().SelectMany(c => c.GetParameters()))
            {
                if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
                {
                    data.Add(state.StateName, parameter.ParameterType.GetGenericArguments()[0]);
                }
            }
        }

        return data;
    }

    [Fact]
    public void Assemblies_OfTheProduct_HaveGrains()
    {
        Assert.NotEmpty(GrainInterfaces());
        Assert.NotEmpty(GrainClasses());
        Assert.NotEmpty(States());
    }

    [Theory]
    [MemberData(nameof(Crossing))]
    public void Value_CrossingABoundary_CannotChange(string method, Type type) => Assert.Null(WhyChangeable(type, method, []));

    [Theory]
    [MemberData(nameof(States))]
    public void StateClass_OfAGrain_SurvivesEveryStore(string name, Type type)
    {
        Assert.NotNull(type.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(type.GetCustomAttribute<AliasAttribute>());
        Assert.Null(WhyUnstorable(type, name, []));
    }

    [Fact]
    public void StateNames_OfAllGrains_AreUnique()
    {
        var names = States().Select(row => row.Data.Item1).ToList();

        Assert.Equal(names.Distinct().Count(), names.Count);
    }

    private static IEnumerable<Type> GrainInterfaces() =>
        Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t));

    private static IEnumerable<Type> GrainClasses() =>
        Assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(t));

    private static Type? ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;

    private static string? WhyChangeable(Type type, string path, HashSet<Type> seen)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return WhyChangeable(inner, path, seen);
        }

        if (Scalars.Contains(type) || type.IsEnum || (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)) || !seen.Add(type))
        {
            return null;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return WhyChangeable(type.GetGenericArguments()[0], $"{path}[]", seen);
        }

        if (type.GetCustomAttribute<GenerateSerializerAttribute>() is null || type.GetCustomAttribute<AliasAttribute>() is null)
        {
            return $"{path}: {type} has no [GenerateSerializer] with [Alias].";
        }

        if (type.GetCustomAttribute<ImmutableAttribute>() is null)
        {
            return $"{path}: {type} is not [Immutable].";
        }

        foreach (var property in Properties(type))
        {
            if (property.SetMethod is { } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit"))
            {
                return $"{path}.{property.Name} can be set.";
            }

            if (WhyChangeable(property.PropertyType, $"{path}.{property.Name}", seen) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    // Orleans' JSON leaves out what equals its type's default and adds to collections that are there already.
    private static string? WhyUnstorable(Type type, string path, HashSet<Type> seen)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return WhyUnstorable(inner, path, seen);
        }

        if (Scalars.Contains(type) || type == typeof(byte[]) || type.IsEnum || !seen.Add(type))
        {
            return null;
        }

        if (type.Namespace is "System.Collections.Frozen" or "System.Collections.ObjectModel"
            || (type.Namespace == "System.Collections.Immutable" && type.GetGenericTypeDefinition() != typeof(ImmutableArray<>)))
        {
            return $"{path} is a {type.Name}, which is not read back.";
        }

        if (type.IsGenericType || type.IsArray)
        {
            var parts = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
            return parts.Select(part => WhyUnstorable(part, $"{path}[]", seen)).FirstOrDefault(reason => reason is not null);
        }

        var made = type.GetConstructor(Type.EmptyTypes) is { } constructor ? constructor.Invoke(null) : null;
        foreach (var property in Properties(type))
        {
            if (made is not null && property.SetMethod is not null && !IsDefault(property.GetValue(made), property.PropertyType))
            {
                return $"{path}.{property.Name} starts as something else than its type's default.";
            }

            if (WhyUnstorable(property.PropertyType, $"{path}.{property.Name}", seen) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<IdAttribute>() is not null);

    private static bool IsDefault(object? value, Type type) => value switch
    {
        null => true,
        string text => text.Length == 0,
        System.Collections.ICollection collection when !type.IsValueType => collection.Count == 0,
        _ => type.IsValueType && value.Equals(Activator.CreateInstance(type)),
    };
}
