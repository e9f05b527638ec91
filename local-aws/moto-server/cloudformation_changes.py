"""What a stack update changes: moto compares the text of resources, so a parameter's new default changes nothing.

A resource that refers to a parameter or a condition with another value is changed by it, and one whose own condition
turns is made or removed: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
"""

import re

from moto.cloudformation.parsing import ResourceMap

_diff = ResourceMap.build_resource_diff
_update = ResourceMap.update


def loaded(resources, template, parameters):
    """The same stack with another template, as far as parameters and conditions go; nothing is made."""
    other = ResourceMap(
        resources.stack_id,
        resources._parsed_resources["AWS::StackName"],
        resources.input_parameters if parameters is None else parameters,
        resources.tags,
        resources._region_name,
        resources._account_id,
        template,
        resources.cross_stack_resources,
    )
    other.load_mapping()
    other.load_parameters()
    other.load_conditions()
    return other


def changed_names(before, after):
    def differing(old, new):
        return {name for name in new if old.get(name) != new[name]}

    def conditions(resources):
        return {name: resources.lazy_condition_map[name] for name in resources.lazy_condition_map}

    return differing(before.resolved_parameters, after.resolved_parameters) | differing(
        conditions(before), conditions(after)
    )


def references(described):
    """The parameters and conditions that a resource's properties name."""
    if isinstance(described, list):
        return set().union(*map(references, described))
    if not isinstance(described, dict):
        return set()
    names = set().union(*map(references, described.values()))
    if "Ref" in described:
        names.add(described["Ref"])
    if "Fn::If" in described:
        names.add(described["Fn::If"][0])
    if "Fn::Sub" in described:
        names.update(re.findall(r"\$\{(\w+)\}", str(described["Fn::Sub"])))
    return names


def is_made(resources, described):
    condition = described.get("Condition")
    return condition is None or bool(resources.lazy_condition_map[condition])


def build_resource_diff(self, other_template, parameters=None):
    changes = _diff(self, other_template, parameters)
    after = loaded(self, other_template, parameters)
    changed = changed_names(self, after)
    old, new = self._resource_json_map, other_template["Resources"]
    for name in [name for name in new if name in old]:
        was, will_be = is_made(self, old[name]), is_made(after, new[name])
        if was != will_be or not will_be:
            changes["Modify"] = [other for other in changes["Modify"] if other != name]
        if will_be and not was:
            changes["Add"].append(name)
        elif was and not will_be:
            changes["Remove"].append(name)
        elif was and references(new[name]) & changed and name not in changes["Modify"]:
            changes["Modify"].append(name)
    # What is to be kept is only let go of: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
    for name in [name for name in changes["Remove"] if old[name].get("DeletionPolicy") == "Retain"]:
        changes["Remove"].remove(name)
        changes.setdefault("Keep", []).append(name)
    return changes


def update(self, template, parameters=None):
    changes = self.build_resource_diff(template, parameters)
    for name in changes.get("Keep", []):
        self._parsed_resources.pop(name, None)
    _update(self, template, parameters)
    for name in changes["Remove"]:
        self._parsed_resources.pop(name, None)


def fill():
    ResourceMap.build_resource_diff = build_resource_diff
    ResourceMap.update = update
